package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which elements there are (semantics 2 and 17): null is one like any other, as a nil error is in
 * Go, and neither null nor the zero value says that a channel is closed or not ready.
 */
class ElementsTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  @MatrixTest
  void nullIsAnElementOfEveryOperation(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<@Nullable String> c = Channel.make(capacity, "zero");
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            var ops = operators.on(c);
            for (int i = 0; i < 8; i++) {
              ops.send(i % 2 == 0 ? null : "text");
            }
            for (int i = 0; i < 4; i++) {
              assertTrue(ops.trySend(null, LONG));
            }
          });
      var ops = operators.on(c);
      assertNull(ops.receive());
      assertEquals("text", ops.receive());
      assertEquals(new Received<>(null, true), ops.receiveOk());
      assertEquals(new Received<>("text", true), ops.receiveOk());
      assertEquals(new TryReceived<>(true, true, null), ops.tryReceive(LONG));
      assertEquals(new TryReceived<>(true, true, "text"), ops.tryReceive(LONG));
      assertNull(ops.receive());
      assertEquals("text", ops.receive());
      for (int i = 0; i < 4; i++) {
        assertEquals(new Received<>(null, true), ops.receiveOk());
      }
      assertEquals(TryReceived.notReady(), ops.tryReceive());
      g.await();
    }
  }

  @MatrixTest
  void nullIsHandedToWhoWaits(int capacity, ThreadKind kind, Operators operators) {
    Channel<@Nullable String> c = Channel.make(capacity, "zero");
    try (var g = new Goroutines(kind)) {
      var receiving = g.call(() -> operators.on(c).receiveOk());
      g.awaitBlocked(c, 1, 0);
      assertTrue(operators.on(c).trySend(null));
      assertEquals(new Received<>(null, true), receiving.get());

      while (c.trySend("full")) {}
      g.go(() -> operators.on(c).send(null));
      g.awaitBlocked(c, 0, 1);
      for (int i = 0; i < capacity; i++) {
        assertEquals(new TryReceived<>(true, true, "full"), operators.on(c).tryReceive());
      }
      assertEquals(new TryReceived<>(true, true, null), operators.on(c).tryReceive());
      g.await();
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacities")
  void nullsAreIteratedOver(int capacity) throws Exception {
    List<@Nullable String> sent = Arrays.asList(null, "a", null, null, "b", null);
    try (var g = new Goroutines()) {
      for (int way = 0; way < 3; way++) {
        Channel<@Nullable String> c = Channel.make(capacity);
        g.go(
            () -> {
              for (String s : sent) {
                c.send(s);
              }
              c.close();
            });
        List<@Nullable String> received = new ArrayList<>();
        switch (way) {
          case 0 -> c.range(received::add);
          case 1 -> c.iterator().forEachRemaining(received::add);
          default -> c.stream().forEach(received::add);
        }
        assertEquals(sent, received);
      }
      g.await();
    }
  }

  /** Go: the zero value of the element type. Java's types have none, so the channel is told. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void closeGivesTheZeroValueItWasMadeWith(int capacity, Operators operators) throws Exception {
    var zero = new Object();
    Channel<Object> told = Channel.make(capacity, zero);
    told.close();
    var ops = operators.on(told);
    assertSame(zero, ops.receive());
    assertEquals(new Received<>(zero, false), ops.receiveOk());
    assertEquals(new TryReceived<>(true, false, zero), ops.tryReceive());

    Channel<Object> untold = Channel.make(capacity);
    untold.close();
    ops = operators.on(untold);
    assertNull(ops.receive());
    assertEquals(new Received<>(null, false), ops.receiveOk());
    assertEquals(new TryReceived<>(true, false, null), ops.tryReceive());
  }

  /** The zero value is an ordinary element as well. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void aZeroThatWasSentIsNotAClose(Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(2, 0);
    var ops = operators.on(c);
    ops.send(0);
    ops.send(0);
    assertEquals(new Received<>(0, true), ops.receiveOk());
    assertEquals(new TryReceived<>(true, true, 0), ops.tryReceive());
    c.close();
    assertEquals(new Received<>(0, false), ops.receiveOk());
  }

  /** Not ready, ready with a value, ready with null, ready because closed. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void aTryReceiveHasFourAnswers(Operators operators) {
    Channel<@Nullable Integer> c = Channel.make(2);
    var ops = operators.on(c);
    TryReceived<@Nullable Integer> notReady = ops.tryReceive();
    assertFalse(notReady.isReady() || notReady.ok());
    assertNull(notReady.value());
    assertSame(TryReceived.notReady(), c.tryReceive());

    assertTrue(ops.trySend(null) && c.trySend(5));
    TryReceived<@Nullable Integer> withNull = ops.tryReceive();
    assertTrue(withNull.isReady() && withNull.ok());
    assertNull(withNull.value());

    TryReceived<@Nullable Integer> withValue = ops.tryReceive();
    assertTrue(withValue.isReady() && withValue.ok());
    assertEquals(5, withValue.value());

    c.close();
    TryReceived<@Nullable Integer> closed = ops.tryReceive();
    assertTrue(closed.isReady());
    assertFalse(closed.ok());
    assertNull(closed.value());
    assertEquals(4, List.of(notReady, withNull, withValue, closed).stream().distinct().count());
  }

  @Test
  void answersAreRecords() {
    assertEquals(new Received<>(1, true), new Received<>(1, true));
    assertEquals("Received[value=null, ok=false]", new Received<>(null, false).toString());
    assertEquals(new TryReceived<@Nullable Object>(false, false, null), TryReceived.notReady());
  }
}
