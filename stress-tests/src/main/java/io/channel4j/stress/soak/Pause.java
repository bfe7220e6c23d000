package io.channel4j.stress.soak;

import java.util.concurrent.locks.LockSupport;

/** Lets time pass, to mix things, not to order them. */
final class Pause {
  private Pause() {}

  /** Some time, up to this; less if interrupted. */
  static void nanos(long nanos) throws InterruptedException {
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
