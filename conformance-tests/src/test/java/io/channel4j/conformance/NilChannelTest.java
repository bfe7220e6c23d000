package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Goroutines.Work;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Panics;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The nil channel (semantics 19 and 21). Answers to the nil rows of Go's test/chan/select3.go and
 * test/closedchan.go as far as plain operations go.
 */
class NilChannelTest {

  @Test
  void thereIsOneNilChannel() {
    Channel<String> strings = Channel.nil();
    Channel<Integer> integers = Channel.nil();
    assertSame((Object) strings, integers);
    assertFalse(strings.equals((Object) Channel.<String>make()));
  }

  @Test
  void lenCapAndClose() {
    Channel<Integer> nil = Channel.nil();
    assertEquals(0, nil.len());
    assertEquals(0, nil.cap());
    Panics.closeOfNil(nil::close);
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void neverReady(Operators operators) throws Exception {
    Duration[] times = {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1)};
    List<Channel<Integer>> nils = new ArrayList<>();
    nils.add(Channel.nil());
    for (Channel<Integer> nil : nils) {
      var ops = operators.on(nil);
      assertFalse(ops.trySend(1));
      assertEquals(TryReceived.notReady(), ops.tryReceive());
      for (Duration t : times) {
        assertFalse(ops.trySend(1, t));
        assertEquals(TryReceived.notReady(), ops.tryReceive(t));
      }
    }
  }

  /** Every way to wait for the nil channel waits, until an interrupt; and the flag is used up. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void blocksUntilInterrupted(ThreadKind kind, Operators operators) {
    Channel<Integer> nil = Channel.nil();
    Duration ages = Duration.ofDays(100_000);
    List<Work<Object>> ways =
        List.of(
            () -> {
              operators.on(nil).send(1);
              return "sent";
            },
            () -> String.valueOf(operators.on(nil).receive()),
            () -> operators.on(nil).receiveOk(),
            () -> operators.on(nil).trySend(1, ages),
            () -> operators.on(nil).tryReceive(ages));
    try (var g = new Goroutines(kind)) {
      for (Work<Object> way : ways) {
        Outcome<Boolean> outcome =
            g.call(
                () -> {
                  assertThrowsExactly(InterruptedException.class, way::call);
                  return Thread.currentThread().isInterrupted();
                });
        g.awaitParked(outcome.thread());
        outcome.thread().interrupt();
        assertFalse(outcome.get(), "the exception takes the flag's place");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kinds")
  void iterationBlocksUntilInterrupted(ThreadKind kind) {
    Channel<Integer> nil = Channel.nil();
    try (var g = new Goroutines(kind)) {
      var range =
          g.call(
              () -> {
                nil.range(v -> {});
                return "done";
              });
      var iterator =
          g.call(
              () -> {
                assertThrowsExactly(CancellationException.class, () -> nil.iterator().hasNext());
                return Thread.currentThread().isInterrupted();
              });
      g.awaitParked(range.thread());
      g.awaitParked(iterator.thread());
      range.thread().interrupt();
      iterator.thread().interrupt();
      assertEquals(InterruptedException.class, range.thrown(InterruptedException.class).getClass());
      assertTrue(iterator.get(), "an unchecked exception leaves the flag");
    }
  }
}
