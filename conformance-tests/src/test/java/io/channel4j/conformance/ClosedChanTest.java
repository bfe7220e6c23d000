package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Panics;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's test/closedchan.go: every operation on a closed channel, through every operator,
 * and what Go's test leaves out (its TODO): close while senders and receivers wait.
 */
class ClosedChanTest {
  private static final String CAPACITIES_AND_OPERATORS =
      "io.channel4j.conformance.support.Matrix#capacitiesAndOperators";
  private static final Duration LONG = Duration.ofMinutes(10);

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void closedAndEmpty(int capacity, Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    c.close();
    checkClosed(c, operators.on(c));
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void closedWithValuesGivesThemFirst(int capacity, Operators operators) throws Exception {
    for (int way = 0; way < 4; way++) {
      Channel<Integer> c = Channel.make(capacity, 0);
      var ops = operators.on(c);
      for (int i = 1; i <= capacity; i++) {
        ops.send(i);
      }
      c.close();
      for (int i = 1; i <= capacity; i++) {
        assertEquals(capacity - i + 1, c.len());
        switch (way) {
          case 0 -> assertEquals(i, ops.receive());
          case 1 -> assertEquals(new Received<>(i, true), ops.receiveOk());
          case 2 -> assertEquals(new TryReceived<>(true, true, i), ops.tryReceive());
          default -> assertEquals(new TryReceived<>(true, true, i), ops.tryReceive(LONG));
        }
      }
      checkClosed(c, ops);
    }
  }

  /** Every answer, three times over: receiving changes nothing. */
  private static void checkClosed(Channel<Integer> c, Ops<Integer> ops) throws Exception {
    for (int i = 0; i < 3; i++) {
      assertEquals(0, ops.receive());
      assertEquals(new Received<>(0, false), ops.receiveOk());
      assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive());
      assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive(LONG));
      assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive(Duration.ZERO));
    }
    Panics.sendOnClosed(() -> ops.trySend(1));
    assertEquals(0, ops.receive(), "the value is not there");
    Panics.sendOnClosed(() -> ops.send(2));
    assertEquals(0, ops.receive(), "the value is not there");
    Panics.sendOnClosed(() -> ops.trySend(3, LONG));
    Panics.sendOnClosed(() -> ops.trySend(4, Duration.ZERO));
    assertEquals(new Received<>(0, false), ops.receiveOk());
    Panics.closeOfClosed(c::close);
    Panics.closeOfClosed(c::close);
    assertEquals(0, c.len());
  }

  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_OPERATORS)
  void closedAndFullPanicsRatherThanBlocks(int capacity, Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    var ops = operators.on(c);
    while (c.trySend(7)) {}
    c.close();
    Panics.sendOnClosed(() -> ops.send(8));
    Panics.sendOnClosed(() -> ops.trySend(8));
    assertEquals(capacity, c.len());
  }

  @MatrixTest
  void closeReleasesEveryWaitingReceiver(int capacity, ThreadKind kind, Operators operators) {
    Channel<Integer> c = Channel.make(capacity, -1);
    try (var g = new Goroutines(kind)) {
      List<Outcome<?>> closed = new ArrayList<>();
      var plain = g.call(() -> operators.on(c).receive());
      var ok = g.call(() -> operators.on(c).receiveOk());
      var timed = g.call(() -> operators.on(c).tryReceive(LONG));
      for (int i = 0; i < 7; i++) {
        closed.add(g.call(() -> operators.on(c).receiveOk()));
      }
      g.awaitBlocked(c, 10, 0);
      c.close();
      assertEquals(-1, plain.get());
      assertEquals(new Received<>(-1, false), ok.get());
      assertEquals(new TryReceived<>(true, false, -1), timed.get());
      closed.forEach(o -> assertEquals(new Received<>(-1, false), o.get()));
      g.awaitBlocked(c, 0, 0);
    }
  }

  @MatrixTest
  void closeMakesEveryWaitingSenderPanic(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, -1);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    try (var g = new Goroutines(kind)) {
      List<Outcome<?>> senders = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        senders.add(
            g.call(
                () -> {
                  operators.on(c).send(100);
                  return "sent";
                }));
        senders.add(g.call(() -> operators.on(c).trySend(200, LONG)));
      }
      g.awaitBlocked(c, 0, 10);
      c.close();
      assertAll(
          senders.stream()
              .map(
                  s ->
                      () ->
                          assertEquals(
                              "send on closed channel",
                              s.thrown(ChannelPanic.SendOnClosed.class).getMessage())));
      for (int i = 0; i < capacity; i++) {
        assertEquals(new Received<>(i, true), operators.on(c).receiveOk());
      }
      assertEquals(new Received<>(-1, false), operators.on(c).receiveOk(), "no value of a sender");
      g.awaitBlocked(c, 0, 0);
    }
  }
}
