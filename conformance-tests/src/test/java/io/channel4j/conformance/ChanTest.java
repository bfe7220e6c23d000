package io.channel4j.conformance;

import static io.channel4j.TryReceived.notReady;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers to Go's runtime/chan_test.go, TestChan: what a channel of any capacity does. */
class ChanTest {
  private static final int CAPACITIES = 200;

  /** Platform threads are dear: every small capacity, and those around powers of two. */
  private static final int[] SOME_CAPACITIES = {
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 16, 17, 20, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129,
    199
  };

  private static final String KINDS_AND_OPERATORS =
      "io.channel4j.conformance.support.Matrix#kindsAndOperators";

  private static int[] capacities(ThreadKind kind) {
    return kind == ThreadKind.PLATFORM ? SOME_CAPACITIES : IntStream.range(0, CAPACITIES).toArray();
  }

  @ParameterizedTest
  @MethodSource(KINDS_AND_OPERATORS)
  void receiveFromEmptyBlocks(ThreadKind kind, Operators operators) throws Exception {
    try (var g = new Goroutines(kind)) {
      for (int capacity : capacities(kind)) {
        Channel<Integer> c = Channel.make(capacity, 0);
        assertEquals(notReady(), operators.on(c).tryReceive());
        var first = g.call(() -> operators.on(c).receive());
        var second = g.call(() -> operators.on(c).receiveOk());
        g.awaitBlocked(c, 2, 0);
        assertEquals(notReady(), operators.on(c).tryReceive());
        assertFalse(first.hasEnded() || second.hasEnded());
        operators.on(c).send(5);
        operators.on(c).send(5);
        assertEquals(5, first.get());
        assertEquals(new Received<>(5, true), second.get());
        assertEquals(0, c.len());
      }
      g.await();
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS_AND_OPERATORS)
  void sendBlocksWhenJustTheCapacityIsUsed(ThreadKind kind, Operators operators) throws Exception {
    try (var g = new Goroutines(kind)) {
      for (int capacity : capacities(kind)) {
        Channel<Integer> c = Channel.make(capacity, 0);
        for (int i = 0; i < capacity; i++) {
          assertTrue(operators.on(c).trySend(i), "there is room");
        }
        assertFalse(operators.on(c).trySend(-1), "there is none");
        int last = capacity;
        var sending =
            g.call(
                () -> {
                  operators.on(c).send(last);
                  return true;
                });
        g.awaitBlocked(c, 0, 1);
        assertFalse(operators.on(c).trySend(-1), "nobody overtakes who waits");
        assertFalse(sending.hasEnded());
        for (int i = 0; i <= capacity; i++) {
          assertEquals(i, operators.on(c).receive());
        }
        assertTrue(sending.get());
        assertEquals(notReady(), operators.on(c).tryReceive());
      }
      g.await();
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void closedChannelGivesWhatItHasAndThenZero(Operators operators) throws Exception {
    for (int capacity = 0; capacity < CAPACITIES; capacity++) {
      Channel<Integer> c = Channel.make(capacity, -7);
      var ops = operators.on(c);
      for (int i = 0; i < capacity; i++) {
        ops.send(i);
      }
      c.close();
      for (int i = 0; i < capacity; i++) {
        assertEquals(new Received<>(i, true), ops.receiveOk());
      }
      assertEquals(-7, ops.receive());
      assertEquals(new Received<>(-7, false), ops.receiveOk());
      assertEquals(new TryReceived<>(true, false, -7), ops.tryReceive());
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS_AND_OPERATORS)
  void closeUnblocksReceive(ThreadKind kind, Operators operators) {
    try (var g = new Goroutines(kind)) {
      for (int capacity : capacities(kind)) {
        Channel<Integer> c = Channel.make(capacity, 0);
        var receiving = g.call(() -> operators.on(c).receiveOk());
        g.awaitBlocked(c, 1, 0);
        c.close();
        assertEquals(new Received<>(0, false), receiving.get());
      }
    }
  }

  @ParameterizedTest
  @MethodSource(KINDS_AND_OPERATORS)
  void oneSenderToOneReceiverKeepsOrder(ThreadKind kind, Operators operators) throws Exception {
    try (var g = new Goroutines(kind)) {
      for (int capacity : capacities(kind)) {
        Channel<Integer> c = Channel.make(capacity, 0);
        g.go(
            () -> {
              var ops = operators.on(c);
              for (int i = 0; i < 100; i++) {
                ops.send(i);
              }
            });
        var ops = operators.on(c);
        for (int i = 0; i < 50; i++) {
          assertEquals(i, ops.receive());
        }
        for (int i = 50; i < 100; i++) {
          assertEquals(new Received<>(i, true), ops.receiveOk());
        }
      }
      g.await();
    }
  }

  @MatrixTest
  void manyToManyDeliversEachValueOnce(int capacity, ThreadKind kind, Operators operators) {
    final int threads = 4;
    final int each = 1_000;
    Channel<Integer> c = Channel.make(capacity, 0);
    var received = new AtomicIntegerArray(threads * each);
    try (var g = new Goroutines(kind)) {
      for (int p = 0; p < threads; p++) {
        int first = p * each;
        g.go(
            () -> {
              var ops = operators.on(c);
              for (int i = 0; i < each; i++) {
                ops.send(first + i);
              }
            });
        g.go(
            () -> {
              var ops = operators.on(c);
              int[] last = {-1, -1, -1, -1};
              for (int i = 0; i < each; i++) {
                Received<Integer> r = ops.receiveOk();
                assertTrue(r.ok());
                int v = requireNonNull(r.value());
                received.incrementAndGet(v);
                assertTrue(last[v / each] < v, "one sender's values stay in order");
                last[v / each] = v;
              }
            });
      }
      g.await();
    }
    for (int v = 0; v < threads * each; v++) {
      assertEquals(1, received.get(v), "times received " + v);
    }
    assertEquals(0, c.len());
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void lenCountsAndCapStays(Operators operators) throws Exception {
    for (int capacity = 0; capacity < CAPACITIES; capacity++) {
      Channel<Integer> c = Channel.make(capacity, 0);
      var ops = operators.on(c);
      assertEquals(capacity, c.cap());
      for (int i = 0; i < capacity; i++) {
        assertEquals(i, c.len());
        ops.send(i);
      }
      assertEquals(capacity, c.len());
      assertEquals(capacity, c.cap());
      for (int i = capacity; i > 0; i--) {
        ops.receive();
        assertEquals(i - 1, c.len());
      }
    }
  }
}
