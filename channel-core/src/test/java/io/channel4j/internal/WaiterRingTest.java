package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reserves and scans that meet in a ring, one step at a time. */
class WaiterRingTest {
  private final WaiterRing ring = new WaiterRing(2, null);

  private Waiter reserve() {
    @Nullable Waiter w = ring.reserve();
    assertNotNull(w);
    return w;
  }

  private static void open(Waiter w) {
    w.open(Thread.currentThread(), 1);
  }

  private static void leave(Waiter w) {
    assertTrue(w.abandon());
    w.free();
  }

  /**
   * A reserve found its cell free and was stopped. Another had found it in use and moved the tail
   * on. A scan passes that position: the stopped one must not get it any more.
   */
  @Test
  void lateReserveGetsNoPositionThatScanHasPassed() {
    Waiter first = reserve();
    open(first);
    Waiter second = reserve();
    open(second);
    leave(second);
    assertTrue(first.abandon());
    Waiter third = reserve(); // passes the first cell over
    assertSame(second, third);
    first.free();
    long seen = first.state;
    assertTrue(first.isVacant(seen));
    open(third);
    long p = ring.find(null, false);
    assertSame(third, ring.at(p));
    assertFalse(first.reserve(seen, Waiter.lap(2)));
  }

  /** A reserve that has its cell and was stopped before it moved the tail of a ring now sealed. */
  @Test
  void reserveUnderWayAtTheSealIsSeen() {
    Waiter w = ring.at(0);
    assertTrue(w.reserve(w.state, Waiter.lap(1)));
    ring.seal();
    assertEquals(-1, ring.find(null, false));
    assertFalse(ring.isDrained());
    open(w);
    assertEquals(0, ring.find(null, false));
    assertEquals(1, ring.live());
    assertFalse(ring.isDrained());
    leave(w);
    assertEquals(-1, ring.find(null, false));
    assertTrue(ring.isDrained());
  }

  /** One that has not got its cell yet does not get it, once a scan has found the ring drained. */
  @Test
  void drainedStaysDrained() {
    Waiter w = ring.at(0);
    long seen = w.state;
    ring.seal();
    assertEquals(-1, ring.find(null, false));
    assertTrue(ring.isDrained());
    assertFalse(w.reserve(seen, Waiter.lap(1)));
    assertNull(ring.reserve());
  }

  /** The head stays at a place that is reserved and not visible yet. */
  @Test
  void placeThatBecomesVisibleLaterIsFound() {
    Waiter first = reserve();
    Waiter second = reserve();
    open(second);
    assertEquals(1, ring.find(null, false));
    leave(second);
    assertEquals(-1, ring.find(null, false));
    open(first);
    assertEquals(0, ring.find(null, false));
  }
}
