package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** {@code 0 <= len <= cap} at every instant, exact when it is quiet (semantics 4). */
class LenCapTest {
  private static final int PAIRS = 3;
  private static final int EACH = 500;

  @MatrixTest
  void lenStaysWithinBoundsUnderStress(int capacity, ThreadKind kind, Operators operators) {
    Channel<Integer> c = Channel.make(capacity, 0);
    var working = new AtomicInteger(2 * PAIRS);
    try (var g = new Goroutines(kind)) {
      for (int p = 0; p < PAIRS; p++) {
        g.go(
            () -> {
              var ops = operators.on(c);
              for (int i = 0; i < EACH; i++) {
                ops.send(i);
              }
              working.decrementAndGet();
            });
        g.go(
            () -> {
              var ops = operators.on(c);
              for (int i = 0; i < EACH; i++) {
                ops.receive();
              }
              working.decrementAndGet();
            });
      }
      do {
        int len = c.len();
        assertTrue(0 <= len && len <= capacity, () -> len + " of " + capacity);
        assertEquals(capacity, c.cap());
        LockSupport.parkNanos(1_000); // leave the core to those who work
      } while (working.get() > 0 && g.left().isPositive());
      g.await();
    }
    assertEquals(0, c.len());
  }

  @MatrixTest
  void waitersDoNotCount(int capacity, ThreadKind kind, Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 3; i++) {
        g.go(() -> operators.on(c).receive());
      }
      g.awaitBlocked(c, 3, 0);
      assertEquals(0, c.len());
      for (int i = 0; i < 3; i++) {
        c.send(i);
        assertEquals(0, c.len());
      }
      g.await();
      while (c.trySend(1)) {}
      for (int i = 0; i < 3; i++) {
        g.go(() -> operators.on(c).send(2));
      }
      g.awaitBlocked(c, 0, 3);
      assertEquals(capacity, c.len());
      for (int i = 0; i < 3; i++) {
        c.receive();
        assertEquals(capacity, c.len());
      }
      g.await();
    }
  }
}
