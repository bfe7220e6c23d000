package io.channel4j.sync;

import io.channel4j.internal.Gate;
import io.channel4j.internal.Parker;
import io.channel4j.internal.WaitReason;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does something exactly once, whoever comes first; the others wait until it is done.
 *
 * <pre>{@code
 * private final Once once = new Once();
 *
 * void close() {
 *   once.doIt(() -> done.close());
 * }
 * }</pre>
 *
 * <p>As in Go, to fail counts as done: the caller that did it gets what was thrown, and all others
 * return normally. {@link OnceFunc} and {@link OnceValue} throw it in every call instead.
 *
 * <p>Memory: what the action did happens before the return of every {@link #doIt}.
 *
 * <p>Go counterpart: {@code sync.Once}, src/sync/once.go.
 */
public final class Once {
  /*
   *   null    -> Run     the caller that does it
   *   Run     -> DONE    the same caller, whichever way the action ended; then it opens the gate
   *
   * Differs from Go: an action that calls its own Once is told so, where Go deadlocks. One that waits
   * for another thread that does so deadlocks here, too.
   */

  /** Who does it, and where the others wait. */
  private static final class Run {
    final @Nullable Thread thread;
    final Gate gate = new Gate();

    Run(@Nullable Thread thread) {
      this.thread = thread;
    }
  }

  private static final Run DONE = new Run(null);

  private final AtomicReference<@Nullable Run> state = new AtomicReference<>();

  /** Makes a Once that has not done anything. Go: {@code var once sync.Once}. */
  public Once() {}

  /**
   * What to do once.
   *
   * @param <X> what it may throw
   */
  @FunctionalInterface
  public interface Action<X extends Exception> {
    /**
     * Does it.
     *
     * @throws X if it fails, which counts as done
     */
    void run() throws X;
  }

  /**
   * Does the action if this is the first call for this object, and otherwise waits until the first
   * call's action is over. Go: {@code once.Do(f)}.
   *
   * <p>Interruption: an interrupt does not end the wait for another thread's action, as it does not
   * end the wait for a class to be initialized; the interrupt status stays set. To the action an
   * interrupt means what it says.
   *
   * @param action what to do; not used if another one is done or being done
   * @param <X> what the action may throw
   * @throws X what the action threw, only to the caller that did it
   * @throws IllegalStateException if called by the action itself, with the message {@code
   *     "Once.doIt called by its own action, which would wait for itself"}
   */
  public <X extends Exception> void doIt(Action<X> action) throws X {
    Objects.requireNonNull(action, "action");
    Run s = state.get();
    if (s == null) {
      var mine = new Run(Thread.currentThread());
      s = state.compareAndExchange(null, mine);
      if (s == null) {
        try {
          action.run();
        } finally {
          state.set(DONE);
          mine.gate.open();
        }
        return;
      }
    }
    if (s != DONE) {
      awaitEnd(s);
    }
  }

  private static void awaitEnd(Run run) {
    Thread self = Thread.currentThread();
    if (self.equals(run.thread)) {
      throw new IllegalStateException(
          "Once.doIt called by its own action, which would wait for itself");
    }
    boolean interrupted = false;
    while (run.gate.await(WaitReason.SYNC_MUTEX_LOCK, false, 0) == Parker.INTERRUPTED) {
      interrupted = true;
    }
    if (interrupted) {
      self.interrupt();
    }
  }

  boolean isDone() {
    return state.get() == DONE;
  }
}
