package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Panics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers to Go's test/makechan.go, test/chancap.go and test/chan/zerosize.go: which sizes a
 * channel can have, and what it says of them. Sizes that are no integers do not compile in Java
 * either; sizes above an int's do not, where Go panics.
 */
class MakeChanTest {
  private static final int MAX = 1 << 30;

  @ParameterizedTest
  @ValueSource(ints = {-1, -2, Integer.MIN_VALUE, MAX + 1, Integer.MAX_VALUE})
  void sizesOutOfRangePanic(int capacity) {
    Panics.sizeOutOfRange(() -> Channel.make(capacity));
    Panics.sizeOutOfRange(() -> Channel.make(capacity, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 10, 16, 17, 100, 1_000, 65_537, 1_000_000})
  void capIsWhatItWasMadeWith(int capacity) {
    assertEquals(capacity, Channel.make(capacity).cap());
    assertEquals(capacity, Channel.make(capacity, 0).cap());
  }

  @Test
  void makeWithoutASizeIsUnbuffered() {
    assertEquals(0, Channel.make().cap());
  }

  @Test
  void lenAndCapAreTwoThings() throws Exception {
    Channel<Integer> c = Channel.make(10, 0);
    assertEquals(0, c.len());
    for (int i = 0; i < 3; i++) {
      c.send(i);
    }
    assertEquals(3, c.len());
    assertEquals(10, c.cap());
    Channel<Integer> unbuffered = Channel.make();
    assertEquals(0, unbuffered.len());
    assertEquals(0, unbuffered.cap());
  }

  /** A buffer that is not a power of two, filled and emptied through many laps. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 20, 100, 1_000})
  void justAsManyFitInEveryLap(int capacity) {
    Channel<Integer> c = Channel.make(capacity, 0);
    int next = 0;
    int expected = 0;
    for (int lap = 0; lap < 70; lap++) {
      while (c.trySend(next)) {
        next++;
      }
      assertEquals(capacity, c.len());
      assertEquals(expected + capacity, next);
      for (int i = 0; i <= lap % capacity; i++) {
        assertEquals(expected++, c.tryReceive().value());
      }
    }
  }

  private enum Nothing {
    NOTHING
  }

  @Test
  void elementsWithoutContentCountAllTheSame() {
    Channel<Nothing> c = Channel.make(2, Nothing.NOTHING);
    assertTrue(c.trySend(Nothing.NOTHING));
    assertTrue(c.trySend(Nothing.NOTHING));
    assertEquals(2, c.len());
    assertFalse(c.trySend(Nothing.NOTHING));
    assertSame(Nothing.NOTHING, c.tryReceive().value());
    Channel<Nothing> unbuffered = Channel.make();
    assertFalse(unbuffered.trySend(Nothing.NOTHING));
  }
}
