package io.channel4j.std.support;

import io.channel4j.go.Goroutine;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a state instead of for a time. The test's own deadline interrupts it. */
public final class Until {
  private Until() {}

  /** Waits until something is so. */
  public static void holds(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(Math.min(1_000L << Math.min(i, 10), 500_000));
    }
  }

  /** Waits until a goroutine is in a state, such as "chan receive". */
  public static void in(Goroutine g, String state) throws InterruptedException {
    holds(
        () -> {
          String s = g.state();
          if (s.equals("dead") && !state.equals("dead")) {
            throw new AssertionError(g + " should be in " + state + ", but has ended");
          }
          return s.equals(state);
        });
  }

  /** Waits until objects that nothing should hold any more are collected. */
  public static void collected(java.lang.ref.WeakReference<?> reference)
      throws InterruptedException {
    holds(
        () -> {
          System.gc();
          return reference.get() == null;
        });
  }
}
