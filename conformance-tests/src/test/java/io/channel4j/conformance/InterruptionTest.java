package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interruption, which Go does not have (semantics 69): it means that nothing happened. */
class InterruptionTest {
  private static final String CAPACITIES_AND_OPERATORS =
      "io.channel4j.conformance.support.Matrix#capacitiesAndOperators";
  private static final Duration LONG = Duration.ofMinutes(10);

  /** An operation that may wait. */
  private interface Blocking {
    @Nullable Object on(Ops<Integer> ops) throws InterruptedException;
  }

  private static final List<Blocking> RECEIVES =
      List.of(Ops::receive, Ops::receiveOk, ops -> ops.tryReceive(LONG));

  private static final List<Blocking> SENDS =
      List.of(
          ops -> {
            ops.send(99);
            return true;
          },
          ops -> ops.trySend(99, LONG));

  @AfterEach
  void leaveNoFlag() {
    assertFalse(Thread.interrupted());
  }

  private static void assertInterruptedOnEntry(Blocking operation, Ops<Integer> ops) {
    Thread.currentThread().interrupt();
    assertThrowsExactly(InterruptedException.class, () -> operation.on(ops));
    assertFalse(Thread.currentThread().isInterrupted(), "the exception takes the flag's place");
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void onEntryItThrowsAlsoWhenReady(int capacity, Operators operators) throws Exception {
    try (var g = new Goroutines()) {
      Channel<Integer> full = Channel.make(capacity, 0);
      var out = operators.on(full);
      for (int i = 0; i < capacity; i++) {
        out.send(i);
      }
      g.go(() -> full.send(capacity));
      g.awaitBlocked(full, 0, 1);
      for (Blocking receive : RECEIVES) {
        assertInterruptedOnEntry(receive, operators.on(full));
        assertEquals(capacity, full.len());
      }
      for (int i = 0; i <= capacity; i++) {
        assertEquals(i, full.receive(), "nothing happened");
      }

      Channel<Integer> empty = Channel.make(capacity, 0);
      var receiving = g.call(() -> empty.receive());
      g.awaitBlocked(empty, 1, 0);
      for (Blocking send : SENDS) {
        assertInterruptedOnEntry(send, operators.on(empty));
      }
      assertFalse(receiving.hasEnded(), "nothing happened");
      empty.send(5);
      assertEquals(5, receiving.get());
    }
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void onEntryItThrowsAlsoWhenClosed(int capacity, Operators operators) {
    Channel<Integer> c = Channel.make(capacity, 0);
    c.close();
    RECEIVES.forEach(receive -> assertInterruptedOnEntry(receive, operators.on(c)));
    SENDS.forEach(send -> assertInterruptedOnEntry(send, operators.on(c)));
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void aTimeoutOfZeroIsInterruptedToo(int capacity, Operators operators) {
    Channel<Integer> c = Channel.make(capacity, 0);
    for (Duration t : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertInterruptedOnEntry(ops -> ops.tryReceive(t), operators.on(c));
      assertInterruptedOnEntry(ops -> ops.trySend(1, t), operators.on(c));
    }
    assertEquals(0, c.len());
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void whatDoesNotWaitDoesNotLookAtTheFlag(int capacity, Operators operators) {
    Channel<Integer> c = Channel.make(capacity, 0);
    var ops = operators.on(c);
    Thread.currentThread().interrupt();
    for (int i = 0; i < capacity; i++) {
      assertTrue(ops.trySend(i));
    }
    assertFalse(ops.trySend(-1));
    for (int i = 0; i < capacity; i++) {
      assertEquals(new TryReceived<>(true, true, i), ops.tryReceive());
    }
    assertEquals(TryReceived.notReady(), ops.tryReceive());
    c.close();
    assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive());
    assertTrue(Thread.interrupted(), "and does not clear it");
  }

  @MatrixTest
  void aWaitingReceiverLeavesWithoutATrace(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      for (Blocking receive : RECEIVES) {
        Outcome<Boolean> outcome = interrupted(g, receive, operators, c);
        g.awaitBlocked(c, 1, 0);
        outcome.thread().interrupt();
        assertFalse(outcome.get(), "the exception takes the flag's place");
        g.awaitBlocked(c, 0, 0);
      }
      assertFalse(capacity == 0 && c.trySend(1), "nobody receives");
      for (int i = 0; i < capacity; i++) {
        assertTrue(c.trySend(i));
      }
      assertEquals(capacity, c.len());
    }
  }

  @MatrixTest
  void aWaitingSenderLeavesWithItsValue(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    try (var g = new Goroutines(kind)) {
      for (Blocking send : SENDS) {
        Outcome<Boolean> outcome = interrupted(g, send, operators, c);
        g.awaitBlocked(c, 0, 1);
        outcome.thread().interrupt();
        assertFalse(outcome.get(), "the exception takes the flag's place");
        g.awaitBlocked(c, 0, 0);
      }
      assertEquals(capacity, c.len());
      for (int i = 0; i < capacity; i++) {
        assertEquals(i, c.receive());
      }
      assertEquals(TryReceived.notReady(), c.tryReceive(), "the value was not sent");
    }
  }

  /** Gives whether the flag was still set after the exception. */
  private static Outcome<Boolean> interrupted(
      Goroutines g, Blocking operation, Operators operators, Channel<Integer> c) {
    return g.call(
        () -> {
          assertThrowsExactly(InterruptedException.class, () -> operation.on(operators.on(c)));
          return Thread.currentThread().isInterrupted();
        });
  }

  /**
   * A value that was handed over first beats the interrupt: it is returned, and the flag stays. The
   * peer and the interrupt race; every value sent must be received, by the one or by the next.
   */
  @MatrixTest
  void interruptAndPeerRaceForOneWaiter(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      int wins = 0;
      final int rounds = kind == ThreadKind.VIRTUAL ? 100 : 30;
      for (int i = 0; i < rounds; i++) {
        int value = i;
        var receiving =
            g.call(
                () -> {
                  try {
                    return operators.on(c).receive();
                  } catch (InterruptedException e) {
                    return null;
                  }
                });
        g.awaitBlocked(c, 1, 0);
        var sending =
            g.call(
                () -> {
                  c.send(value);
                  return true;
                });
        receiving.thread().interrupt();
        Integer got = receiving.get();
        if (got == null) {
          assertEquals(value, c.receive());
        } else {
          assertEquals(value, got);
          wins++;
        }
        assertTrue(sending.get());
      }
      assertTrue(wins <= rounds);
      assertEquals(0, c.len());
      g.awaitBlocked(c, 0, 0);
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void rangeEndsWithTheException(int capacity, ThreadKind kind) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      Channel<Integer> seen = Channel.make(1, 0);
      var outcome =
          g.call(
              () -> {
                c.range(seen::send);
                return "closed";
              });
      c.send(1);
      assertEquals(1, seen.receive());
      g.awaitBlocked(c, 1, 0);
      outcome.thread().interrupt();
      InterruptedException unused = outcome.thrown(InterruptedException.class);
    }
  }

  /**
   * A for-each loop cannot throw a checked exception: the message is promised, and the flag stays.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void iteratorAndStreamThrowUncheckedAndKeepTheFlag(int capacity, ThreadKind kind)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    List<Blocking> ways =
        List.of(
            ops -> {
              for (int v : c) {
                assertEquals(1, v);
              }
              return "closed";
            },
            ops -> c.stream().map(v -> v + 0).toList());
    try (var g = new Goroutines(kind)) {
      for (Blocking way : ways) {
        var outcome =
            g.call(
                () -> {
                  var e =
                      assertThrowsExactly(
                          CancellationException.class, () -> way.on(Operators.DIRECT.on(c)));
                  assertEquals("interrupted while receiving", e.getMessage());
                  return Thread.currentThread().isInterrupted();
                });
        c.send(1);
        g.awaitBlocked(c, 1, 0);
        outcome.thread().interrupt();
        assertTrue(outcome.get());
      }
    }
  }
}
