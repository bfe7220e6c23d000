package io.channel4j.conformance.support;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import java.time.Duration;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The goroutines of one test. Use it in a try-with-resources block, and call {@link #await} where
 * all of them must have ended.
 *
 * <p>Nothing is swallowed: whatever a goroutine throws fails the test, in {@link #await} or at the
 * latest in {@link #close}. The first failure interrupts the test's own thread, so that a test
 * whose partner has died does not wait for the deadline.
 *
 * <p>Nothing hangs: when the deadline has passed, the threads of the test are dumped and
 * interrupted, and the test fails. A goroutine that close leaves waiting is interrupted; one that
 * does not listen fails the test.
 */
public final class Goroutines implements AutoCloseable {
  /*
   * The owner is the thread that made this object. Lock order: none; the monitor of this object
   * guards only whether the owner may still be interrupted.
   */

  /** What a goroutine does. */
  @FunctionalInterface
  public interface Body {
    void run() throws Exception;
  }

  /** What a goroutine computes. */
  @FunctionalInterface
  public interface Work<V extends @Nullable Object> {
    V call() throws Exception;
  }

  /** Shorter where planted bugs are expected to hang: bin/mutants. */
  public static final Duration DEADLINE =
      Duration.ofSeconds(Integer.getInteger("io.channel4j.conformance.deadline", 30));

  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final ScheduledThreadPoolExecutor watch = watch();

  private final ThreadKind kind;
  private final long deadline;
  private final Thread owner = Thread.currentThread();
  private final Future<?> alarm;

  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final Set<Thread> live = ConcurrentHashMap.newKeySet();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final Queue<Outcome<?>> outcomes = new ConcurrentLinkedQueue<>();

  /** Set when close begins: from then on to be interrupted is no failure. */
  private volatile boolean closing;

  private boolean ownerInterrupted; // guarded by this
  private boolean ownerLeft; // guarded by this

  public Goroutines() {
    this(ThreadKind.VIRTUAL);
  }

  public Goroutines(ThreadKind kind) {
    this(kind, DEADLINE);
  }

  public Goroutines(ThreadKind kind, Duration limit) {
    this.kind = kind;
    this.deadline = System.nanoTime() + limit.toNanos();
    this.alarm = watch.schedule(() -> hung(limit), limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor watch() {
    var executor =
        new ScheduledThreadPoolExecutor(
            1, r -> Thread.ofPlatform().daemon().name("deadline").unstarted(r));
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  // ---- starting

  /** Go's {@code go} statement. */
  public Thread go(Body body) {
    return start(
        () -> {
          try {
            body.run();
          } catch (Throwable t) {
            fail(t);
          }
        });
  }

  /** Starts a goroutine whose end, by a value or by a throwable, the test looks at. */
  public <V extends @Nullable Object> Outcome<V> call(Work<V> work) {
    var outcome = new Outcome<V>(this, work);
    outcomes.add(outcome);
    return outcome;
  }

  Thread start(Runnable body) {
    Thread thread =
        kind.unstarted(
            "goroutine-" + started.incrementAndGet(),
            () -> {
              try {
                body.run();
              } finally {
                live.remove(Thread.currentThread());
                if (running.decrementAndGet() == 0) {
                  LockSupport.unpark(owner);
                }
              }
            });
    running.incrementAndGet();
    live.add(thread);
    thread.start();
    if (closing) { // close may have passed it by
      thread.interrupt();
    }
    return thread;
  }

  // ---- waiting

  /** Waits until all goroutines have ended, and throws what the first failing one threw. */
  public void await() {
    until("all goroutines to end", () -> running.get() == 0);
  }

  /**
   * Waits until so many receivers and senders wait at a channel, and as many goroutines are parked
   * as that needs. A select that waits on both ends counts in both numbers.
   */
  public void awaitBlocked(Channel<?> channel, int receivers, int senders) {
    var c = (ChannelBase<?>) channel;
    int threads = receivers > 0 && senders > 0 ? Math.max(receivers, senders) : receivers + senders;
    until(
        () ->
            "%d receivers and %d senders to wait on %s, where there are %d and %d"
                .formatted(receivers, senders, c, c.waitingReceivers(), c.waitingSenders()),
        () ->
            c.waitingReceivers() == receivers
                && c.waitingSenders() == senders
                && areParked(threads));
  }

  private boolean areParked(int wanted) {
    int parked = 0;
    for (Thread t : live) {
      if (parked >= wanted) {
        break;
      }
      if (isParked(t)) {
        parked++;
      }
    }
    return parked >= wanted;
  }

  private static boolean isParked(Thread t) {
    Thread.State s = t.getState();
    return s == Thread.State.WAITING || s == Thread.State.TIMED_WAITING;
  }

  /** Waits until a goroutine is parked. */
  public void awaitParked(Thread thread) {
    until(
        thread.getName() + " to park",
        () -> {
          if (thread.getState() == Thread.State.TERMINATED) {
            throw new AssertionError(thread.getName() + " should wait, but it has ended");
          }
          return isParked(thread);
        });
  }

  /** Waits, without a sleep of fixed length, until something is so; fails at the deadline. */
  public void until(String what, BooleanSupplier holds) {
    until(() -> what, holds);
  }

  private void until(Supplier<String> what, BooleanSupplier holds) {
    for (int i = 0; ; i++) {
      throwFailures();
      if (holds.getAsBoolean()) {
        throwFailures();
        return;
      }
      if (System.nanoTime() - deadline > GRACE.toNanos()) { // the alarm comes first, with a dump
        throw new AssertionError("at the deadline still waiting for " + what.get());
      }
      if (i < 100) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(Math.min(1_000L * (i - 99), 200_000));
      }
    }
  }

  // ---- failing

  private void fail(Throwable t) {
    if (closing && (t instanceof InterruptedException || t instanceof CancellationException)) {
      return; // close has interrupted it
    }
    failures.add(t);
    interruptOwner();
  }

  private synchronized void interruptOwner() {
    if (!ownerLeft) {
      ownerInterrupted = true;
      owner.interrupt();
    }
  }

  private void throwFailures() {
    Throwable first = failures.poll();
    if (first != null) {
      for (Throwable t = failures.poll(); t != null; t = failures.poll()) {
        first.addSuppressed(new AssertionError("and another one failed", t)); // t may be first
      }
      closing = true; // the rest is stopped, not waited for
      Goroutines.<RuntimeException>sneak(first);
    }
  }

  @SuppressWarnings({"unchecked", "DoNotCallSuggester"})
  static <X extends Throwable> void sneak(Throwable t) throws X {
    throw (X) t;
  }

  private void hung(Duration limit) {
    String dump = Dump.of(live, owner);
    failures.add(new AssertionError("not done after " + limit + "; threads:\n" + dump));
    interruptOwner();
    live.forEach(Thread::interrupt);
    Future<?> unused =
        watch.schedule(
            () -> {
              if (!hasOwnerLeft()) {
                System.err.println("a test does not even end when interrupted\n" + dump);
              }
            },
            GRACE.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private synchronized boolean hasOwnerLeft() {
    return ownerLeft;
  }

  /** How long this test may still take. */
  public Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  // ---- ending

  /** Stops what still runs; throws what was not thrown yet. */
  @Override
  public void close() {
    closing = true;
    alarm.cancel(false);
    long giveUp = System.nanoTime() + GRACE.toNanos();
    boolean interrupted = leave();
    live.forEach(Thread::interrupt);
    while (running.get() != 0 && System.nanoTime() - giveUp < 0) {
      LockSupport.parkNanos(100_000);
      interrupted |= Thread.interrupted();
    }
    if (running.get() != 0) {
      failures.add(
          new AssertionError(
              running + " goroutines do not end when interrupted:\n" + Dump.of(live, owner)));
    }
    for (Outcome<?> o : outcomes) {
      Throwable t = o.unseen();
      if (t != null) {
        failures.add(t);
      }
    }
    if (interrupted) {
      owner.interrupt();
    }
    throwFailures();
  }

  /** From now on nobody interrupts the owner. True if somebody else than this object had. */
  private synchronized boolean leave() {
    ownerLeft = true;
    return Thread.interrupted() && !ownerInterrupted;
  }
}
