package io.channel4j.conformance.support;

import java.util.concurrent.locks.LockSupport;

/** Waiting in a loop, such that others get the carrier: a virtual thread that spins keeps it. */
public final class Spin {
  private Spin() {}

  /** The i-th step of such a loop. */
  public static void pause(int i) {
    if ((i & 255) == 255) {
      LockSupport.parkNanos(1);
    } else {
      Thread.onSpinWait();
    }
  }
}
