package io.channel4j.stress.soak;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.test.Ledger;
import io.channel4j.test.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** One random program: channels, hundreds of goroutines, and their end. */
final class Round {
  /*
   * Producers send a number of values each; consumers receive until their channels are closed and
   * drained. Some channels are closed early, by two goroutines that both try; all the others when the
   * last producer has ended. At least one consumer of a channel listens to it alone, so that the
   * program ends whatever the others do. What one producer sends to one channel is a source of the
   * ledger, each consumer is a sink: the values of a source must reach each sink in their order.
   *
   * The seed decides everything but the schedule: channels, goroutines, forms, timeouts, when to
   * interrupt and to close.
   */
  private static final int MAX_CAPACITY = 10;
  private static final int GARBAGE = 1 << 14;

  final Ledger ledger = new Ledger();
  final List<Channel<Long>> channels = new ArrayList<>();
  final Counts counts;
  final Watchdog watchdog;

  private final SplittableRandom random;
  private final List<Thread> interruptible = new ArrayList<>();
  private final AtomicInteger producing = new AtomicInteger();
  private final AtomicInteger consuming = new AtomicInteger();

  /** Closed when the last producer has ended. */
  private final Channel<Void> produced = Channel.make();

  Round(long seed, Watchdog watchdog, Counts counts) {
    this.random = new SplittableRandom(seed);
    this.watchdog = watchdog;
    this.counts = counts;
  }

  /** Runs the program; fails if it does not end, or if a value went astray. */
  void run() throws InterruptedException {
    watchdog.forgetChannels();
    int size = random.nextInt(3, 13);
    for (int i = 0; i < size; i++) {
      channels.add(Channel.make(random.nextInt(MAX_CAPACITY + 1)));
      watchdog.watch("channel " + i, channels.get(i));
    }
    watchdog.watch("produced", produced);
    int producers = random.nextInt(30, 200);
    int consumers = random.nextInt(20, 150);
    producing.set(producers);
    consuming.set(consumers + size);
    for (int i = 0; i < size; i++) {
      consume("listener " + i, List.of(channels.get(i)));
    }
    for (int i = 0; i < consumers; i++) {
      consume("consumer " + i, some());
    }
    for (int i = 0; i < producers; i++) {
      produce("producer " + i);
    }
    closers();
    interrupter();
    garbage();
    watchdog.await();
    ledger.check();
    for (Channel<Long> ch : channels) {
      if (ch.len() != 0 || ch.tryReceive().ok()) {
        throw new AssertionError(ch + " was drained and is not empty");
      }
    }
    counts.add("rounds");
    counts.add("channels", size);
    counts.add("goroutines", producers + consumers + size * 3L + 2);
    counts.add("values sent", ledger.sent());
  }

  private List<Channel<Long>> some() {
    List<Channel<Long>> chosen = new ArrayList<>();
    int n = random.nextInt(1, 5);
    for (int i = 0; i < n; i++) {
      chosen.add(channels.get(random.nextInt(channels.size()))); // twice the same, perhaps
    }
    return chosen;
  }

  // ---- the goroutines

  private void produce(String name) {
    var producer = new Producer(this, name, some(), random.split());
    interruptible.add(
        start(
            name,
            () -> {
              try {
                producer.run();
              } finally {
                if (producing.decrementAndGet() == 0) {
                  produced.close();
                }
              }
            }));
  }

  private void consume(String name, List<Channel<Long>> from) {
    var consumer = new Consumer(this, name, from, random.split());
    interruptible.add(
        start(
            name,
            () -> {
              try {
                consumer.run();
              } finally {
                consuming.decrementAndGet();
              }
            }));
  }

  /** Virtual, mostly. */
  private Thread start(String name, Watchdog.Body body) {
    return random.nextInt(20) == 0
        ? watchdog.start(Thread.ofPlatform().daemon().name(name), body)
        : watchdog.go(name, body);
  }

  /** Two for each channel. Of these one succeeds. */
  private void closers() {
    for (Channel<Long> ch : channels) {
      boolean early = random.nextInt(4) == 0;
      long delay = random.nextLong(2_000_000);
      var closed = new AtomicInteger();
      for (int i = 0; i < 2; i++) {
        Thread unused =
            watchdog.go(
                "closer of " + ch,
                () -> {
                  if (early) {
                    Pause.nanos(delay);
                  } else {
                    produced.receive();
                  }
                  close(ch, closed);
                });
      }
    }
  }

  private void close(Channel<Long> ch, AtomicInteger tried) {
    boolean panicked = false;
    try {
      ch.close();
      counts.add("closes");
    } catch (ChannelPanic.CloseOfClosed e) {
      panicked = true;
      counts.add("closes that panicked");
    }
    // the sum over both: one that closed counts 1, one that panicked counts 2
    int sum = tried.addAndGet(panicked ? 2 : 1);
    if ((sum == 2 && !panicked) || sum == 4) {
      throw new AssertionError("two closes of one channel ended alike");
    }
  }

  /** Interrupts somebody now and then, until all have ended. */
  private void interrupter() {
    SplittableRandom mine = random.split();
    List<Thread> targets = List.copyOf(interruptible);
    Thread unused =
        watchdog.go(
            "interrupter",
            () -> {
              while (consuming.get() > 0) {
                Pause.nanos(mine.nextLong(300_000));
                Thread target = targets.get(mine.nextInt(targets.size()));
                if (target.isAlive()) {
                  target.interrupt();
                  counts.add("interrupts");
                }
              }
            });
  }

  private void garbage() {
    long[] sizes = random.ints(64, 16, GARBAGE).asLongStream().toArray();
    Thread unused =
        watchdog.go(
            "garbage",
            () -> {
              byte[][] kept = new byte[16][];
              for (int i = 0; consuming.get() > 0; i++) {
                kept[i % kept.length] = new byte[(int) sizes[i % sizes.length]];
                if (i % 64 == 0) {
                  Pause.nanos(20_000);
                }
              }
            });
  }
}
