package io.channel4j.sync;

import io.channel4j.go.Body;
import io.channel4j.go.Go;
import io.channel4j.go.Goroutine;
import io.channel4j.go.Panic;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Gate;
import io.channel4j.internal.Parker;
import io.channel4j.internal.Seam;
import io.channel4j.internal.WaitReason;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a number of goroutines, or of anything else, to be done. Any number of threads may
 * wait, and after that the group may be used again.
 *
 * <pre>{@code
 * var wg = new WaitGroup();
 * for (var url : urls) {
 *   wg.go(() -> fetch(url));
 * }
 * wg.await();
 * }</pre>
 *
 * <p>Where threads are started in another way, say {@code add(1)} before the start, not in the
 * thread itself (or else await may come first), and {@code done()} in a {@code finally} block.
 *
 * <p>Where Go panics this throws {@link IllegalStateException} with Go's words, and the counter
 * stays as it was. Go's mistake of passing a WaitGroup by value cannot be made in Java.
 *
 * <p>Memory: what happens before a {@link #done} happens before the return of an await that it lets
 * go.
 *
 * <p>Go counterpart: {@code sync.WaitGroup}, src/sync/waitgroup.go.
 */
public final class WaitGroup {
  /*
   * state: the counter in the high half, the generation in the low half. The step from 1 to 0 begins
   * the next generation, and so "generation n is over" is one instant.
   *
   * Invariants. 1: whoever ends generation n changes state and then opens the gate of n, if there is
   *                one; whoever waits in n puts up the gate of n and then looks at state. So one of the
   *                two sees the other.
   *             2: a gate is replaced only by that of a later generation; who replaces it opens it,
   *                since its generation is over.
   *
   * No lock: a thread that is stopped anywhere in here holds up only those that it was about to let
   * go, and not even them if somebody waits in the next generation.
   *
   * Differs from Go: waiters are not counted, so nothing has to be reset while nobody may interfere.
   * Of the misuses that Go detects by its count, the one left is detected where it shows.
   */
  private static final int SHIFT = 32;

  private record Generation(int number, Gate gate) {}

  private final AtomicLong state = new AtomicLong();
  private final AtomicReference<@Nullable Generation> waiting = new AtomicReference<>();

  /** Set once, by a body that failed. */
  private final AtomicReference<@Nullable Panic> failure = new AtomicReference<>();

  /** Makes a group with a counter of 0. Go: {@code var wg sync.WaitGroup}. */
  public WaitGroup() {}

  private static int count(long s) {
    return (int) (s >>> SHIFT);
  }

  private static int generation(long s) {
    return (int) s;
  }

  /**
   * Changes the counter; at 0 everybody who waits is let go. Go: {@code wg.Add(delta)}.
   *
   * <p>Does not wait. An add that lifts the counter from 0 must happen before the await that is to
   * wait for it, and after the return of all awaits of earlier rounds.
   *
   * @param delta by how much, which may be negative
   * @throws IllegalStateException with the message {@code "sync: negative WaitGroup counter"} if
   *     the counter would go below 0, or above {@link Integer#MAX_VALUE}; or with {@code "sync:
   *     WaitGroup misuse: Add called concurrently with Wait"} if it is 0 and those who waited for
   *     that are being let go; nothing has changed then
   */
  public void add(int delta) {
    for (; ; ) {
      long s = state.get();
      long count = (long) count(s) + delta;
      if (count < 0 || count > Integer.MAX_VALUE) {
        throw new IllegalStateException("sync: negative WaitGroup counter");
      }
      if (count(s) == 0 && delta > 0 && isReleasing(generation(s) - 1)) {
        if (state.get() != s) {
          continue;
        }
        throw new IllegalStateException(
            "sync: WaitGroup misuse: Add called concurrently with Wait");
      }
      boolean ends = count == 0 && delta < 0;
      int next = generation(s) + (ends ? 1 : 0);
      if (state.compareAndSet(s, count << SHIFT | Integer.toUnsignedLong(next))) {
        if (ends) {
          release(generation(s));
        }
        return;
      }
    }
  }

  /** Whether a generation that is over has waiters whom nobody has let go yet. */
  private boolean isReleasing(int generation) {
    Generation g = waiting.get();
    return g != null && g.number == generation && !g.gate.isOpen() && g.gate.waiting() > 0;
  }

  private void release(int generation) {
    if (Seam.ON) {
      Seam.at("waitgroup.zero");
    }
    Generation g = waiting.get();
    if (g != null && g.number == generation) {
      g.gate.open();
      waiting.compareAndSet(g, null);
    }
  }

  /**
   * Counts one down. Go: {@code wg.Done()}.
   *
   * @throws IllegalStateException with the message {@code "sync: negative WaitGroup counter"} if
   *     the counter is 0
   */
  public void done() {
    add(-1);
  }

  /**
   * Runs a body in a new goroutine, which counts until it has ended. Go: {@code wg.Go(f)}.
   *
   * <p>A body that fails is a panic of its goroutine, with what its program does about panics, and
   * does not count as done. After that, if the JVM still runs, everybody who waits for the group,
   * and whoever does so later, gets that {@link Panic}: an await never returns as if all had gone
   * well, and never hangs. (Go does not count it as done either, and its process is dead.) A body
   * that ends because it was interrupted counts as done; see {@link Go}.
   *
   * @param body what to do; may throw
   * @return the goroutine
   * @throws IllegalStateException as {@link #add}
   */
  public Goroutine go(Body body) {
    Objects.requireNonNull(body, "body");
    add(1);
    boolean running = false;
    try {
      Goroutine g = Go.go(() -> run(body));
      running = true;
      return g;
    } finally {
      if (!running) { // no memory for a thread
        done();
      }
    }
  }

  private void run(Body body) throws Exception {
    // Before the body, which may replace its thread's handler: nobody finds the goroutine after
    // that.
    Goroutine self = Objects.requireNonNull(Goroutine.current());
    try {
      body.run();
    } catch (InterruptedException e) {
      done();
      throw e;
    } catch (Throwable t) {
      if (t instanceof CancellationException && Thread.currentThread().isInterrupted()) {
        done();
        throw t;
      }
      failed(self.panic(t));
      return;
    }
    done();
  }

  private void failed(Panic panic) {
    if (failure.compareAndSet(null, panic)) {
      Generation g = waiting.get();
      if (g != null) {
        g.gate.open();
      }
    }
  }

  /**
   * Waits until the counter is 0. Go: {@code wg.Wait()}.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws, and
   * the group is as before. If the counter reached 0 first, the call returns and the interrupt
   * status stays set.
   *
   * <p>Memory: what happens before each {@link #done} of this round happens before the return.
   *
   * @throws InterruptedException if interrupted before the counter was 0
   * @throws IllegalStateException with the message {@code "sync: WaitGroup is reused before
   *     previous Wait has returned"} if the counter was 0 and somebody added to it before this
   *     thread came to run
   * @throws Panic if a body given to {@link #go} failed; the same for everybody
   */
  public void await() throws InterruptedException {
    boolean unused = await(false, 0);
  }

  /**
   * Waits until the counter is 0, up to a time. Go has this only as a channel closed by a goroutine
   * that waits, which a timeout leaves behind.
   *
   * <p>Otherwise as {@link #await()}. A time of zero or less makes this a look, except that an
   * interrupted thread is told so.
   *
   * @param timeout how long to wait; huge times saturate
   * @return true if the counter was 0; false if the time passed first
   * @throws InterruptedException if interrupted before the counter was 0
   * @throws IllegalStateException as {@link #await()}
   * @throws Panic as {@link #await()}
   */
  public boolean await(Duration timeout) throws InterruptedException {
    return await(true, System.nanoTime() + ChannelBase.nanos(timeout));
  }

  private boolean await(boolean timed, long deadline) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long s = state.get();
    checkFailure();
    if (count(s) == 0) {
      return true;
    }
    Gate gate = gate(generation(s));
    if (generation(state.get()) != generation(s)) {
      release(generation(s)); // the gate came too late for those who would have
      return true; // it has been 0 since
    }
    checkFailure(); // whoever fails after this finds the gate
    int end = gate.await(WaitReason.SYNC_WAIT_GROUP_WAIT, timed, deadline);
    if (end != Parker.DONE && generation(state.get()) != generation(s)) {
      if (end == Parker.INTERRUPTED) {
        Thread.currentThread().interrupt();
      }
      return true; // it was 0 first, and its gate was about to be opened
    }
    if (end == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
    if (end == Parker.TIMED_OUT) {
      return false;
    }
    long now = state.get();
    if (generation(now) == generation(s)) {
      checkFailure();
    } else if (generation(now) != generation(s) + 1 || count(now) != 0) {
      throw new IllegalStateException(
          "sync: WaitGroup is reused before previous Wait has returned");
    }
    return true;
  }

  /** The gate of a generation, or of a later one if that is over. */
  private Gate gate(int generation) {
    Generation mine = null;
    for (; ; ) {
      Generation g = waiting.get();
      if (g != null && g.number - generation >= 0) {
        return g.gate; // a later one: the caller sees that its own is over
      }
      if (mine == null) {
        mine = new Generation(generation, new Gate());
      }
      if (waiting.compareAndSet(g, mine)) {
        if (g != null) {
          g.gate.open();
        }
        return mine.gate;
      }
    }
  }

  private void checkFailure() {
    Panic panic = failure.get();
    if (panic != null) {
      throw panic;
    }
  }

  /** How many waiters are linked, the dead included; for tests of memory. */
  int linkedPlaces() {
    Generation g = waiting.get();
    return g == null ? 0 : g.gate.linkedPlaces();
  }

  /** The counter, for logs. */
  @Override
  public String toString() {
    return "WaitGroup[" + count(state.get()) + "]";
  }
}
