package io.channel4j.time;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import io.channel4j.time.internal.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fire, stop, reset and receive at once, on the system's clock. */
class TimerRaceTest {
  private static final int RESETS = 5_000;

  private static Duration random() {
    return Duration.ofNanos(ThreadLocalRandom.current().nextInt(-1_000, 60_000));
  }

  /** A way to receive, again and again until it is over; gives how many values it got. */
  private interface Receiver {
    long receive(ReceiveChannel<Instant> c, Channel<Integer> over) throws InterruptedException;
  }

  private enum Way implements Receiver {
    PLAIN {
      @Override
      public long receive(ReceiveChannel<Instant> c, Channel<Integer> over) {
        long n = 0;
        try {
          for (; ; n++) {
            var unused = c.receive();
          }
        } catch (InterruptedException e) {
          return n; // it is over
        }
      }
    },
    TRY {
      @Override
      public long receive(ReceiveChannel<Instant> c, Channel<Integer> over)
          throws InterruptedException {
        long n = 0;
        while (!over.tryReceive().isReady()) {
          n += c.tryReceive().isReady() ? 1 : 0;
          Time.sleep(Duration.ofNanos(1_000)); // lets others have the core
        }
        return n;
      }
    },
    TIMED {
      @Override
      public long receive(ReceiveChannel<Instant> c, Channel<Integer> over)
          throws InterruptedException {
        long n = 0;
        while (!over.tryReceive().isReady()) {
          n += c.tryReceive(random()).isReady() ? 1 : 0;
        }
        return n;
      }
    },
    SELECT {
      @Override
      public long receive(ReceiveChannel<Instant> c, Channel<Integer> over)
          throws InterruptedException {
        for (long n = 0; ; n++) {
          if (Select.<Boolean>of().receive(c, () -> false).receive(over, () -> true).await()) {
            return n;
          }
        }
      }
    },
    LOOP {
      @Override
      public long receive(ReceiveChannel<Instant> c, Channel<Integer> over)
          throws InterruptedException {
        var select = Select.loop();
        var value = select.receive(c);
        var twin = select.receive(c);
        var end = select.receive(over);
        for (long n = 0; ; n++) {
          var chosen = select.await();
          if (chosen == end) {
            return n;
          }
          assertFalse(chosen != value && chosen != twin);
        }
      }
    }
  }

  /** Each setting ends once: a receive, a stop that says true, or a reset that says true. */
  @ParameterizedTest
  @EnumSource
  void eachSettingEndsOnce(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Timer timer = Time.newTimer(random());
          AtomicLong settings = new AtomicLong(1);
          AtomicLong ends = new AtomicLong();
          Channel<Integer> over = Channel.make();
          List<Goroutine> receivers = new ArrayList<>();
          List<Goroutine> plain = new ArrayList<>();
          for (Way way : Way.values()) {
            Goroutine g = go(() -> ends.addAndGet(way.receive(timer.c(), over)));
            receivers.add(g);
            if (way == Way.PLAIN) {
              plain.add(g);
            }
          }
          List<Goroutine> setters = new ArrayList<>();
          for (int s = 0; s < 2; s++) {
            setters.add(
                go(
                    () -> {
                      for (int i = 0; i < RESETS; i++) {
                        settings.incrementAndGet();
                        if (timer.reset(random())) {
                          ends.incrementAndGet();
                        }
                        if (i % 3 == 0 && timer.stop()) {
                          ends.incrementAndGet();
                        }
                        if (i % 50 == 0) {
                          Time.sleep(random());
                        }
                      }
                    }));
          }
          for (Goroutine g : setters) {
            g.join();
          }
          over.close();
          plain.forEach(g -> g.thread().interrupt());
          for (Goroutine g : receivers) {
            g.join();
          }
          if (timer.stop()) {
            ends.incrementAndGet();
          }
          assertEquals(settings.get(), ends.get());
        });
  }

  /** Nobody who waits is forgotten: every setting is received, however it races with the wait. */
  @ParameterizedTest
  @EnumSource
  void everySettingWakesWhoWaits(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Timer timer = Time.newTimer(random());
          Channel<Integer> got = Channel.make();
          Goroutine receiver =
              go(
                  () -> {
                    for (int i = 0; ; i++) {
                      var unused = i % 2 == 0 ? timer.c().receive() : select(timer.c());
                      got.send(i);
                    }
                  });
          for (int i = 0; i < RESETS; i++) {
            assertEquals(i, got.receive());
            timer.reset(random());
          }
          receiver.thread().interrupt();
        });
  }

  private static Instant select(ReceiveChannel<Instant> c) throws InterruptedException {
    return Select.<Instant>of().receive(c, t -> t).receive(Channel.<Instant>nil(), t -> t).await();
  }

  /** A default is taken only if the timer is not due: here it has been due all the time. */
  @ParameterizedTest
  @EnumSource
  void aDefaultIsNotTakenBesideADueTimer(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Timer a = Time.newTimer(Duration.ZERO);
          Timer b = Time.newTimer(Duration.ZERO);
          AtomicBoolean over = new AtomicBoolean();
          Goroutine mover =
              go(
                  () -> {
                    while (!over.get()) { // one of the two is due at any time
                      a.reset(Duration.ZERO);
                      b.stop();
                      b.reset(Duration.ZERO);
                      a.stop();
                    }
                    a.reset(Duration.ZERO);
                  });
          for (int i = 0; i < 20_000; i++) {
            int chosen =
                Select.<Integer>of()
                    .receive(a.c(), () -> 0)
                    .receive(b.c(), () -> 1)
                    .orDefault(() -> 2)
                    .await();
            assertFalse(chosen == 2, "round " + i);
            (chosen == 0 ? a : b).reset(Duration.ZERO);
          }
          over.set(true);
          mover.join();
        });
  }

  /** Go counterpart: TestAfterFuncStarvation and BenchmarkAfterFunc, src/time/sleep_test.go. */
  @ParameterizedTest
  @EnumSource
  void functionsThatSetEachOtherAllRun(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Boolean> done = Channel.make();
          AtomicLong left = new AtomicLong(2_000);
          for (int i = 0; i < 4; i++) {
            again(left, done);
          }
          var unused = done.receive();
          Until.holds(() -> left.get() <= 0);
        });
  }

  private static void again(AtomicLong left, Channel<Boolean> done) {
    var unused =
        Time.afterFunc(
            random(),
            () -> {
              long n = left.decrementAndGet();
              if (n > 0) {
                again(left, done);
              } else if (n == 0) {
                done.close();
              }
            });
  }

  /** Each setting of a function runs it, or is said to be stopped. */
  @ParameterizedTest
  @EnumSource
  void eachSettingOfAFunctionRunsOrIsStopped(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          AtomicLong ends = new AtomicLong();
          AtomicLong settings = new AtomicLong(1);
          Timer timer = Time.afterFunc(random(), ends::incrementAndGet);
          List<Goroutine> setters = new ArrayList<>();
          for (int s = 0; s < 2; s++) {
            setters.add(
                go(
                    () -> {
                      for (int i = 0; i < RESETS; i++) {
                        settings.incrementAndGet();
                        if (timer.reset(random())) {
                          ends.incrementAndGet();
                        }
                        if (i % 3 == 0 && timer.stop()) {
                          ends.incrementAndGet();
                        }
                      }
                    }));
          }
          for (Goroutine g : setters) {
            g.join();
          }
          if (timer.stop()) {
            ends.incrementAndGet();
          }
          Until.holds(() -> ends.get() >= settings.get());
          assertEquals(settings.get(), ends.get());
        });
  }

  /** Go counterpart: TestTickerConcurrentStress, src/time/sleep_test.go. */
  @ParameterizedTest
  @EnumSource
  void manyReceiversOfOneTickerAllGetTicks(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Ticker ticker = Time.newTicker(Duration.ofNanos(1));
          List<Goroutine> receivers = new ArrayList<>();
          for (int g = 0; g < 10; g++) {
            receivers.add(
                go(
                    () -> {
                      for (int i = 0; i < 100; i++) {
                        var unused = ticker.c().receive();
                      }
                    }));
          }
          for (Goroutine g : receivers) {
            g.join();
          }
          ticker.stop();
          assertFalse(ticker.c().tryReceive().isReady());
        });
  }

  /** Real time, once: no earlier than asked for, and within a minute. */
  @ParameterizedTest
  @EnumSource
  void timersOnTheSystemsClockAreNotEarly(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Duration d = Duration.ofMillis(20);
          long start = System.nanoTime();
          Instant before = Instant.now();
          Instant due = Time.after(d).receive();
          assertFalse(System.nanoTime() - start < d.toNanos());
          // By the wall clock, which is read to a millisecond or better when it is not set.
          assertFalse(due.isBefore(before.plus(d).minusMillis(5)), due + " " + before);
          start = System.nanoTime();
          Time.sleep(d);
          assertFalse(System.nanoTime() - start < d.toNanos());
          start = System.nanoTime();
          Ticker t = Time.newTicker(d);
          for (int i = 1; i <= 3; i++) {
            var unused = t.c().receive();
            assertFalse(System.nanoTime() - start < d.toNanos() * i);
          }
        });
    Until.holds(() -> SystemClock.INSTANCE.alarms() == 0);
  }
}
