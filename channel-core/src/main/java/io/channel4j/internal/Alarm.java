package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** One appointment with a {@link TimerClock}, which may be called off at any time. */
public final class Alarm implements Runnable {
  /*
   * start and cancel may run at once. handle: null -> the clock's handle, or null -> CANCELLED; whoever
   * comes second sees the first, and the clock is told to forget it. Then the clock refers to nothing.
   */
  private static final Object CANCELLED = new Object();
  private static final VarHandle HANDLE;

  static {
    try {
      HANDLE = MethodHandles.lookup().findVarHandle(Alarm.class, "handle", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** When it rings; on the clock's nanoTime. */
  public final long due;

  private final Ring ring;

  @SuppressWarnings("UnusedVariable") // by HANDLE
  private volatile @Nullable Object handle;

  /** Who is called, and by which alarm. */
  @FunctionalInterface
  public interface Ring {
    /** The time has come. Does not block. */
    void ring(Alarm alarm);
  }

  public Alarm(long due, Ring ring) {
    this.due = due;
    this.ring = ring;
  }

  /** Once. */
  public void start(TimerClock clock) {
    Object h = clock.schedule(this, due);
    if (!HANDLE.compareAndSet(this, null, h)) {
      clock.cancel(h);
    }
  }

  /** From now on the clock does not refer to this, or will not when start is over. */
  public void cancel(TimerClock clock) {
    Object h = HANDLE.getAndSet(this, CANCELLED);
    if (h != null && h != CANCELLED) {
      clock.cancel(h);
    }
  }

  @Override
  public void run() {
    ring.ring(this);
  }
}
