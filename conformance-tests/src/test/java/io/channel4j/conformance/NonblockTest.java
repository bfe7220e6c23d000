package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's test/chan/nonblock.go: operations with a default, at capacities 0 and 1, with
 * several types of element. Where Go's test tries again until its partner has come, this one knows
 * that the partner waits, and one try must do.
 */
class NonblockTest {

  static Stream<Arguments> products() {
    return Stream.of(ThreadKind.values())
        .flatMap(
            k ->
                Stream.of(Operators.values())
                    .flatMap(
                        o ->
                            Stream.of(123, 123_456L, true, "hello")
                                .map(element -> Arguments.of(k, o, element))));
  }

  @ParameterizedTest
  @MethodSource("products")
  void anEmptyChannelIsNotReady(ThreadKind kind, Operators operators, Object element) {
    for (int capacity = 0; capacity < 2; capacity++) {
      Channel<Object> c = Channel.make(capacity);
      assertEquals(TryReceived.notReady(), operators.on(c).tryReceive());
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void trySendServesAWaitingReceiver(ThreadKind kind, Operators operators, Object element) {
    for (int capacity = 0; capacity < 2; capacity++) {
      Channel<Object> c = Channel.make(capacity);
      try (var g = new Goroutines(kind)) {
        var receiving = g.call(() -> operators.on(c).receive());
        g.awaitBlocked(c, 1, 0);
        assertTrue(operators.on(c).trySend(element));
        assertEquals(element, receiving.get());
        assertEquals(0, c.len());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("products")
  void tryReceiveServesAWaitingSender(ThreadKind kind, Operators operators, Object element) {
    for (int capacity = 0; capacity < 2; capacity++) {
      Channel<Object> c = Channel.make(capacity);
      try (var g = new Goroutines(kind)) {
        if (capacity == 1) {
          assertTrue(c.trySend("first"));
        }
        g.go(() -> operators.on(c).send(element));
        g.awaitBlocked(c, 0, 1);
        if (capacity == 1) {
          assertFalse(operators.on(c).trySend("too much"));
          assertEquals("first", operators.on(c).tryReceive().value());
        }
        assertEquals(new TryReceived<>(true, true, element), operators.on(c).tryReceive());
        g.await();
      }
    }
  }
}
