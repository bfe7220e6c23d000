package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sends and receives with a timeout. Go has a {@code select} with {@code time.After} instead, whose
 * timer competes with a ready case; a timeout never wins against one.
 */
class TimedTest {
  private static final List<Duration> NO_TIME =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(-1),
          Duration.ofSeconds(-1),
          Duration.ofSeconds(Long.MIN_VALUE));

  static Stream<Duration> ages() {
    return Stream.of(
        Duration.ofSeconds(Long.MAX_VALUE),
        Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
        Duration.ofNanos(Long.MAX_VALUE),
        Duration.ofNanos(Long.MAX_VALUE).plusNanos(1),
        Duration.ofNanos(Long.MAX_VALUE / 2 + 1),
        Duration.ofDays(365));
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void withoutTimeItIsATry(int capacity, Operators operators) throws Exception {
    for (Duration none : NO_TIME) {
      Channel<Integer> c = Channel.make(capacity, 0);
      var ops = operators.on(c);
      assertEquals(TryReceived.notReady(), ops.tryReceive(none));
      for (int i = 0; i < capacity; i++) {
        assertTrue(ops.trySend(i, none));
      }
      assertFalse(ops.trySend(-1, none));
      for (int i = 0; i < capacity; i++) {
        assertEquals(new TryReceived<>(true, true, i), ops.tryReceive(none));
      }
      assertEquals(TryReceived.notReady(), ops.tryReceive(none));
      c.close();
      assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive(none));
    }
  }

  @MatrixTest
  void withoutTimeItServesWhoWaits(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    try (var g = new Goroutines(kind)) {
      for (Duration none : NO_TIME) {
        Channel<Integer> c = Channel.make(capacity, 0);
        var receiving = g.call(() -> c.receive());
        g.awaitBlocked(c, 1, 0);
        assertTrue(operators.on(c).trySend(4, none));
        assertEquals(4, receiving.get());
        for (int i = 0; i < capacity; i++) {
          c.send(i);
        }
        g.go(() -> c.send(capacity));
        g.awaitBlocked(c, 0, 1);
        for (int i = 0; i <= capacity; i++) {
          assertEquals(new TryReceived<>(true, true, i), operators.on(c).tryReceive(none));
        }
        g.await();
      }
    }
  }

  /** Waits at least as long as it was told: 3 ms are an age for a clock of nanoseconds. */
  @MatrixTest
  void afterTheTimeNothingHasHappened(int capacity, ThreadKind kind, Operators operators) {
    final Duration time = Duration.ofMillis(3);
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      var receive =
          g.call(
              () -> {
                long start = System.nanoTime();
                assertEquals(TryReceived.notReady(), operators.on(c).tryReceive(time));
                return System.nanoTime() - start;
              });
      assertTrue(receive.get() >= time.toNanos());
      for (int i = 0; i < capacity; i++) {
        assertTrue(c.trySend(i));
      }
      var send =
          g.call(
              () -> {
                long start = System.nanoTime();
                assertFalse(operators.on(c).trySend(-1, time));
                return System.nanoTime() - start;
              });
      assertTrue(send.get() >= time.toNanos());
      g.awaitBlocked(c, 0, 0);
      for (int i = 0; i < capacity; i++) {
        assertEquals(i, c.tryReceive().value());
      }
      assertEquals(TryReceived.notReady(), c.tryReceive());
    }
  }

  @ParameterizedTest
  @MethodSource("ages")
  void agesSaturate(Duration age) throws Exception {
    for (Operators operators : Operators.values()) {
      for (int capacity = 0; capacity < 2; capacity++) {
        Channel<Integer> c = Channel.make(capacity, 0);
        try (var g = new Goroutines()) {
          var receiving = g.call(() -> operators.on(c).tryReceive(age));
          g.awaitBlocked(c, 1, 0);
          c.send(1);
          assertEquals(new TryReceived<>(true, true, 1), receiving.get());
          while (c.trySend(0)) {}
          var sending = g.call(() -> operators.on(c).trySend(2, age));
          g.awaitBlocked(c, 0, 1);
          while (!sending.hasEnded()) {
            TryReceived<Integer> unused = c.tryReceive();
          }
          assertTrue(sending.get());
        }
      }
    }
  }

  @MatrixTest
  void closeEndsATimedWait(int capacity, ThreadKind kind, Operators operators) {
    final Duration age = Duration.ofDays(1);
    Channel<Integer> c = Channel.make(capacity, -1);
    Channel<Integer> full = Channel.make(capacity, -1);
    while (full.trySend(1)) {}
    try (var g = new Goroutines(kind)) {
      var receiving = g.call(() -> operators.on(c).tryReceive(age));
      var sending = g.call(() -> operators.on(full).trySend(2, age));
      g.awaitBlocked(c, 1, 0);
      g.awaitBlocked(full, 0, 1);
      c.close();
      full.close();
      assertEquals(new TryReceived<>(true, false, -1), receiving.get());
      ChannelPanic.SendOnClosed unused = sending.thrown(ChannelPanic.SendOnClosed.class);
    }
  }

  /**
   * Deadline against peer: a sender and a receiver, both with a timeout of a few microseconds.
   * Either the value is sent and received, or neither happened.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void deadlinesOfTwoPeersAgree(ThreadKind kind, Operators operators) {
    final int rounds = 2_000;
    Channel<Integer> c = Channel.make();
    Channel<Boolean> step = Channel.make();
    try (var g = new Goroutines(kind)) {
      var sent =
          g.call(
              () -> {
                var ops = operators.on(c);
                int n = 0;
                for (int i = 0; i < rounds; i++) {
                  step.send(true);
                  if (ops.trySend(i, Duration.ofNanos(i % 50 * 1_000L))) {
                    n++;
                  }
                }
                return n;
              });
      var received =
          g.call(
              () -> {
                var ops = operators.on(c);
                int n = 0;
                for (int i = 0; i < rounds; i++) {
                  step.receive();
                  TryReceived<Integer> r = ops.tryReceive(Duration.ofNanos(i % 37 * 1_000L));
                  if (r.isReady()) {
                    assertEquals(i, r.value());
                    n++;
                  }
                }
                return n;
              });
      assertEquals(sent.get(), received.get());
      g.awaitBlocked(c, 0, 0);
    }
  }
}
