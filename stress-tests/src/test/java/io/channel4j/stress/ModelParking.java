package io.channel4j.stress;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Parking in a monitor, so that Lincheck sees a wake-up that is lost.
 *
 * <p>Lincheck lets {@code LockSupport.park} return whenever it likes, which its contract allows,
 * and so never sees that nobody would have called {@code unpark}. Here park returns for an unpark
 * only. The static methods have the names of LockSupport's and System's: {@link Rewired} makes the
 * library call them instead.
 */
public final class ModelParking {
  /** A planted fault: a permit for a thread that has not parked yet is lost. */
  static volatile boolean losesPermits;

  /** What a thread of a program does. */
  interface Body {
    void run() throws Exception;
  }

  /** Has a permit. Lincheck does not look into subclasses of Thread, so nothing happens in here. */
  private static final class ModelThread extends Thread {
    final ModelParking parking;

    ModelThread(Runnable body, ModelParking parking) {
      super(body);
      this.parking = parking;
    }
  }

  private boolean permit; // guarded by this
  private boolean parked; // guarded by this

  /** Whether the deadline that the thread waits for has passed. That thread only. */
  private boolean late;

  private ModelParking() {}

  /** Runs the bodies at the same time, each in a thread, and throws what one of them threw. */
  static void together(Body... bodies) {
    var failure = new AtomicReference<@Nullable Throwable>();
    var threads = new Thread[bodies.length];
    for (int i = 0; i < bodies.length; i++) {
      Body body = bodies[i];
      threads[i] =
          new ModelThread(
              () -> {
                try {
                  body.run();
                } catch (Throwable t) {
                  failure.set(t);
                }
              },
              new ModelParking());
    }
    for (Thread t : threads) {
      t.start();
    }
    for (Thread t : threads) {
      try {
        t.join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    Throwable t = failure.get();
    if (t != null) {
      throw new AssertionError("a thread failed", t);
    }
  }

  private static @Nullable ModelParking of(@Nullable Thread thread) {
    return thread instanceof ModelThread t ? t.parking : null;
  }

  // ---- LockSupport

  public static void park(Object blocker) {
    ModelParking p = of(Thread.currentThread());
    if (p == null) {
      LockSupport.park(blocker);
    } else {
      p.park();
    }
  }

  private synchronized void park() {
    parked = true;
    while (!permit) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    parked = false;
    permit = false;
  }

  /** The deadline passes here: whether a peer comes before is a matter of the schedule. */
  public static void parkNanos(Object blocker, long nanos) {
    ModelParking p = of(Thread.currentThread());
    if (p == null) {
      LockSupport.parkNanos(blocker, nanos);
    } else {
      p.late = true;
    }
  }

  /** A pause, which has no length here. */
  public static void parkNanos(long nanos) {
    if (of(Thread.currentThread()) == null) {
      LockSupport.parkNanos(nanos);
    }
  }

  public static void unpark(@Nullable Thread thread) {
    ModelParking p = of(thread);
    if (p == null) {
      LockSupport.unpark(thread);
    } else {
      p.unpark();
    }
  }

  private synchronized void unpark() {
    permit = parked || !losesPermits;
    notifyAll();
  }

  // ---- System

  /** Lincheck stops the clock; so it is the deadline that moves. */
  public static long nanoTime() {
    ModelParking p = of(Thread.currentThread());
    return p != null && p.late ? System.nanoTime() + Ops.EVER.toNanos() : System.nanoTime();
  }
}
