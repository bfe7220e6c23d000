package io.channel4j.conformance.support;

import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a goroutine that {@link Goroutines#call} started ends. What it throws fails the test unless
 * the test asks for it here.
 *
 * @param <V> what it computes
 */
public final class Outcome<V extends @Nullable Object> {
  private final Goroutines goroutines;
  private final Thread thread;

  private @Nullable V value; // written before ended
  private @Nullable Throwable thrown; // written before ended
  private volatile boolean ended;
  private volatile boolean seen;

  Outcome(Goroutines goroutines, Goroutines.Work<V> work) {
    this.goroutines = goroutines;
    this.thread =
        goroutines.start(
            () -> {
              try {
                value = work.call();
              } catch (Throwable t) {
                thrown = t;
              }
              ended = true;
            });
  }

  public Thread thread() {
    return thread;
  }

  public boolean hasEnded() {
    return ended;
  }

  /** Waits for the goroutine's end and gives its value, or throws what it threw. */
  @SuppressWarnings("NullAway") // null only where V allows it
  public V get() {
    awaitEnd();
    if (thrown != null) {
      Goroutines.<RuntimeException>sneak(thrown);
    }
    return value;
  }

  /** Waits for the goroutine's end, which must be a throwable of just this class. */
  public <X extends Throwable> X thrown(Class<X> type) {
    awaitEnd();
    Throwable t = thrown;
    if (t == null) {
      throw new AssertionError(
          "%s ended with %s, not with %s".formatted(thread.getName(), value, type.getSimpleName()));
    }
    if (t.getClass() != type) {
      throw new AssertionError(thread.getName() + " threw another " + t, t);
    }
    return type.cast(t);
  }

  private void awaitEnd() {
    goroutines.until(thread.getName() + " to end", () -> ended);
    seen = true;
  }

  /** What was thrown, if the test has not asked. */
  @Nullable Throwable unseen() {
    Throwable t = ended && !seen ? thrown : null;
    return t instanceof InterruptedException || t instanceof CancellationException ? null : t;
  }
}
