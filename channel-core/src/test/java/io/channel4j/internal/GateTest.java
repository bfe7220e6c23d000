package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final int ROUNDS = 50_000;
  private static final long LONG = Duration.ofSeconds(20).toNanos();

  private volatile Gate gate = new Gate();
  private volatile int opened;
  private volatile int passed;

  private static int await(Gate gate, boolean timed, long nanos) {
    return gate.await(WaitReason.SELECT, timed, System.nanoTime() + nanos);
  }

  @Test
  void letsEverybodyThroughWhenOpen() throws InterruptedException {
    Thread[] threads = new Thread[20];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofVirtual().start(() -> assertEquals(0, await(gate, false, 0)));
    }
    while (gate.waiting() < threads.length) {
      LockSupport.parkNanos(10_000);
    }
    assertFalse(gate.isOpen());
    gate.open();
    assertTrue(gate.isOpen());
    for (Thread t : threads) {
      assertTrue(t.join(Duration.ofNanos(LONG)));
    }
    assertEquals(Parker.DONE, await(gate, false, 0));
    assertEquals(0, gate.waiting());
  }

  @Test
  void deadlineEndsTheWait() {
    assertEquals(Parker.TIMED_OUT, await(gate, true, 1));
    assertEquals(0, gate.waiting());
  }

  @Test
  void interruptEndsTheWaitUnlessOpen() {
    Thread.currentThread().interrupt();
    assertEquals(Parker.INTERRUPTED, await(gate, false, 0));
    assertFalse(Thread.interrupted());
    gate.open();
    Thread.currentThread().interrupt();
    assertEquals(Parker.DONE, await(gate, false, 0));
    assertTrue(Thread.interrupted());
  }

  /**
   * Who lines up while the gate opens sees that it is open, or is seen: a store each, then a load
   * each, which a processor may swap.
   */
  @Test
  void nobodyIsForgottenWhoComesWhileItOpens() throws InterruptedException {
    Thread waiter = Thread.ofPlatform().daemon().start(this::passAll);
    for (int i = 1; i <= ROUNDS; i++) {
      opened = i; // at about the same time, now the one first and now the other
      for (int n = i & 63; n > 0; n--) {
        Thread.onSpinWait();
      }
      gate.open();
      long end = System.nanoTime() + LONG;
      for (int n = 0; passed < i; n++) {
        if (n > 1_000) {
          LockSupport.parkNanos(10_000);
          assertTrue(System.nanoTime() - end < 0, "forgotten in round " + i);
        }
      }
      gate = new Gate();
    }
    waiter.join();
  }

  private void passAll() {
    for (int i = 1; i <= ROUNDS; i++) {
      for (int n = 0; opened < i; n++) {
        if (n > 1_000) {
          LockSupport.parkNanos(10_000);
        }
      }
      assertEquals(Parker.DONE, await(gate, false, 0));
      passed = i;
    }
  }
}
