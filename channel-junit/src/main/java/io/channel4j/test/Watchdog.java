package io.channel4j.test;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the threads of a test, and notices when none of them gets on: then it dumps where each one
 * stands and what each channel holds, interrupts them all, and fails the test.
 *
 * {@snippet :
 * try (var watchdog = new Watchdog(Duration.ofSeconds(10))) {
 *   watchdog.watch("orders", orders);
 *   watchdog.go("producer", () -> orders.send("tea"));
 *   watchdog.go("consumer", () -> orders.receive());
 *   watchdog.await();
 * }
 * }
 *
 * <p>To get on is to end, or to call {@link #progress}: a thread that works for longer than the
 * watchdog's patience calls it now and then. What a thread throws is thrown by {@link #await}.
 *
 * <p>A process that is stopped as a whole, by a debugger or a busy machine, does not count as time
 * in which nothing got on.
 */
public final class Watchdog implements AutoCloseable {
  /*
   * The dog is a daemon thread that looks LOOKS times within its patience. It counts looks and not
   * time, so that a stop of the process costs it one look. The first failure interrupts everybody.
   */

  /** What a thread of the test does. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs the body.
     *
     * @throws Exception what it likes; thrown by {@link Watchdog#await} or {@link Watchdog#close}
     */
    void run() throws Exception;
  }

  private static final int LOOKS = 50;
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Duration patience;
  private final LongAdder progress = new LongAdder();
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Thread> live = ConcurrentHashMap.newKeySet();
  private final Map<String, Channel<?>> channels = new ConcurrentSkipListMap<>();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Thread dog;

  /** From now on to be interrupted is no failure. */
  private volatile boolean stopping;

  private volatile boolean closed;

  /**
   * Starts a watchdog.
   *
   * @param patience for how long nothing may get on, at least a millisecond; seconds, rather
   * @throws IllegalArgumentException with the message {@code "be patient for at least a
   *     millisecond"} if it is less
   */
  public Watchdog(Duration patience) {
    if (patience.toMillis() < 1) {
      throw new IllegalArgumentException("be patient for at least a millisecond");
    }
    this.patience = patience;
    dog = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
    dog.start();
  }

  // ---- the threads

  /**
   * Starts a virtual thread: Go's {@code go} statement.
   *
   * @param name of the thread, for the dump
   * @param body what it does
   * @return the thread, to be interrupted perhaps
   */
  public Thread go(String name, Body body) {
    return start(Thread.ofVirtual().name(name), body);
  }

  /**
   * Starts a thread of any kind.
   *
   * @param builder makes the thread
   * @param body what it does
   * @return the thread, to be interrupted perhaps
   */
  public Thread start(Thread.Builder builder, Body body) {
    Thread thread = builder.unstarted(() -> run(body));
    running.incrementAndGet();
    live.add(thread);
    thread.start();
    if (stopping) { // stop may have passed it by
      thread.interrupt();
    }
    return thread;
  }

  private void run(Body body) {
    try {
      body.run();
    } catch (Throwable t) {
      if (!stopping || !(t instanceof InterruptedException)) {
        fail(t);
      }
    } finally {
      live.remove(Thread.currentThread());
      progress();
      running.decrementAndGet();
    }
  }

  /** Says that the test gets on. For any thread; cheap, and orders nothing. */
  public void progress() {
    progress.increment();
  }

  /**
   * Adds a channel to the dump.
   *
   * @param name of the channel, for the dump
   * @param channel the channel
   */
  public void watch(String name, Channel<?> channel) {
    channels.put(name, channel);
  }

  /** Forgets the channels, for another round. */
  public void forgetChannels() {
    channels.clear();
  }

  // ---- waiting

  /**
   * Waits until all threads have ended.
   *
   * <p>Memory: what a thread did happens before the return of this method.
   *
   * @throws InterruptedException if interrupted while it waits
   * @throws AssertionError if a thread threw something, which is its cause, or if nothing got on;
   *     then the message has the dump
   */
  public void await() throws InterruptedException {
    for (int i = 0; running.get() > 0 && failures.isEmpty(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(Math.min(10_000L << Math.min(i, 7), 1_000_000));
    }
    throwFailures();
  }

  @SuppressWarnings("ReferenceEquality") // no error may suppress itself
  private void throwFailures() {
    Throwable first = failures.poll();
    if (first == null) {
      return;
    }
    AssertionError error =
        first instanceof AssertionError e ? e : new AssertionError("a thread failed", first);
    for (Throwable t = failures.poll(); t != null; t = failures.poll()) {
      if (t != error) {
        error.addSuppressed(t);
      }
    }
    throw error;
  }

  private void fail(Throwable t) {
    failures.add(t);
    stop();
  }

  private void stop() {
    stopping = true;
    live.forEach(Thread::interrupt);
  }

  /**
   * Interrupts the threads that have not ended, and waits up to 10 seconds for their end.
   *
   * @throws AssertionError as {@link #await}, or if a thread does not end when interrupted
   */
  @Override
  public void close() {
    stop();
    long giveUp = System.nanoTime() + GRACE.toNanos();
    boolean interrupted = Thread.interrupted();
    while (running.get() > 0 && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(100_000);
      interrupted |= Thread.interrupted();
    }
    closed = true;
    dog.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (running.get() > 0) {
      failures.add(new AssertionError("not all threads end when interrupted:\n" + dump()));
    }
    throwFailures();
  }

  // ---- watching

  private void watch() {
    long seen = -1;
    int looks = 0;
    while (!closed) {
      LockSupport.parkNanos(Math.max(patience.toNanos() / LOOKS, 10_000));
      long now = progress.sum();
      looks = now == seen && running.get() > 0 ? looks + 1 : 0;
      seen = now;
      if (looks > LOOKS && !stopping) {
        fail(new AssertionError("nothing got on for " + patience + ":\n" + dump()));
      }
    }
  }

  /**
   * Where everything stands: the watched channels, and the threads that have not ended, in groups
   * of the same stack. A parked thread says for what it waits, in the words of Go's dumps.
   *
   * @return the text, of several lines
   */
  public String dump() {
    var text = new StringBuilder();
    channels.forEach((name, ch) -> text.append(channel(name, ch)).append('\n'));
    return text.append(Dump.of(live)).toString();
  }

  private static String channel(String name, @Nullable Channel<?> ch) {
    return ch instanceof ChannelBase<?> base
        ? "%s: %s, %d receivers and %d senders wait"
            .formatted(name, ch, base.waitingReceivers(), base.waitingSenders())
        : name + ": " + ch;
  }
}
