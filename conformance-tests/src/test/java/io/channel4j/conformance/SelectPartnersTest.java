package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of sender meets every kind of receiver, whoever comes first. Answers to
 * test/chan/select7.go, which has three kinds of each.
 */
class SelectPartnersTest {

  /** How to take part in one exchange. */
  enum Kind {
    PLAIN,
    TRIES,
    TIMED,
    ONE_CASE,
    ONE_CASE_LOOP,
    OTHER_CASES,
    OTHER_CASES_LOOP,
    SAME_CHANNEL_TWICE,
    TIMED_SELECT,
    SELECT_TRIES;

    boolean parks() {
      return this != TRIES && this != SELECT_TRIES;
    }
  }

  private static void until(BooleanSupplier done) throws InterruptedException {
    while (!done.getAsBoolean()) {
      LockSupport.parkNanos(10_000);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private static Statement statement(Kind kind) {
    boolean loop = kind == Kind.ONE_CASE_LOOP || kind == Kind.OTHER_CASES_LOOP;
    return (loop ? SelectForm.LOOP : SelectForm.ONE_SHOT).statement();
  }

  private static Statement sending(Kind kind, Channel<Integer> c, int v) {
    Statement s = statement(kind);
    return switch (kind) {
      case ONE_CASE, ONE_CASE_LOOP, TIMED_SELECT -> s.send(c, v);
      case SAME_CHANNEL_TWICE -> s.send(c, v).send(c, v);
      default -> s.send(Channel.<Integer>make(), v).send(c, v).receive(Channel.<Integer>make());
    };
  }

  private static void send(Kind kind, Channel<Integer> c, int v) throws InterruptedException {
    switch (kind) {
      case PLAIN -> c.send(v);
      case TRIES -> until(() -> c.trySend(v));
      case TIMED -> assertTrue(c.trySend(v, Duration.ofHours(1)));
      case TIMED_SELECT -> assertEquals(0, sending(kind, c, v).await(Duration.ofHours(1)).index());
      case SELECT_TRIES -> until(() -> !sending(kind, c, v).poll().isDefault());
      default -> {
        Choice unused = sending(kind, c, v).await();
      }
    }
  }

  private static Statement receiving(Kind kind, Channel<Integer> c) {
    Statement s = statement(kind);
    return switch (kind) {
      case ONE_CASE, ONE_CASE_LOOP, TIMED_SELECT -> s.receive(c);
      case SAME_CHANNEL_TWICE -> s.receive(c).receive(c);
      default -> s.receive(Channel.<Integer>make()).receive(c).send(Channel.<Integer>make(), 1);
    };
  }

  private static void receive(Kind kind, Channel<Integer> c, int wanted)
      throws InterruptedException {
    switch (kind) {
      case PLAIN -> assertEquals(wanted, c.receive());
      case TRIES ->
          until(
              () -> {
                var r = c.tryReceive();
                assertTrue(!r.isReady() || Integer.valueOf(wanted).equals(r.value()));
                return r.isReady();
              });
      case TIMED -> assertEquals(wanted, c.tryReceive(Duration.ofHours(1)).value());
      case TIMED_SELECT ->
          assertEquals(wanted, receiving(kind, c).await(Duration.ofHours(1)).value());
      case SELECT_TRIES ->
          until(
              () -> {
                Choice got = receiving(kind, c).poll();
                assertTrue(got.isDefault() || Integer.valueOf(wanted).equals(got.value()));
                return !got.isDefault();
              });
      default -> assertEquals(wanted, receiving(kind, c).await().value());
    }
  }

  static Stream<Arguments> pairs() {
    return Arrays.stream(Kind.values())
        .flatMap(
            s ->
                Arrays.stream(Kind.values())
                    .filter(r -> s.parks() || r.parks())
                    .map(r -> Arguments.of(s, r)));
  }

  /** One exchange, with either side parked first, and with both at once. */
  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void meet(Kind sender, Kind receiver) {
    for (ThreadKind kind : ThreadKind.values()) {
      for (int capacity : new int[] {0, 1, 3}) {
        try (var g = new Goroutines(kind)) {
          for (int first = 0; first < 3; first++) {
            for (int i = 0; i < 2; i++) {
              exchange(g, sender, receiver, Channel.make(capacity), first, i);
            }
          }
        }
      }
    }
  }

  /** First is 0: the receiver; 1: the sender, behind a full buffer; 2: nobody in particular. */
  private static void exchange(
      Goroutines g, Kind sender, Kind receiver, Channel<Integer> c, int first, int v) {
    if (first == 1 && sender.parks()) {
      for (int i = 0; i < c.cap(); i++) {
        assertTrue(c.trySend(-i));
      }
      g.go(() -> send(sender, c, v));
      g.until("a sender", () -> Places.senders(c) > 0);
      for (int i = 0; i < c.cap(); i++) {
        assertEquals(-i, c.tryReceive().value());
      }
      g.go(() -> receive(receiver, c, v));
    } else {
      g.go(() -> receive(receiver, c, v));
      if (first == 0 && receiver.parks()) {
        g.until("a receiver", () -> Places.receivers(c) > 0);
      }
      g.go(() -> send(sender, c, v));
    }
    g.await();
    assertEquals(0, c.len());
    Places.assertNone(c);
  }

  /** Every kind at once, on one channel: as many values come out as went in, each once. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void allKindsTogether(int capacity, ThreadKind kind) {
    int n = 300;
    int total = Kind.values().length * n;
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> results = Channel.make(total);
    try (var g = new Goroutines(kind)) {
      int start = 0;
      for (Kind k : Kind.values()) {
        int first = start;
        start += n;
        g.go(
            () -> {
              for (int i = 0; i < n; i++) {
                send(k, c, first + i);
              }
            });
        g.go(
            () -> {
              for (int i = 0; i < n; i++) {
                Object v =
                    switch (k) {
                      case PLAIN, TRIES, TIMED -> c.receiveOk().value();
                      case TIMED_SELECT -> receiving(k, c).await(Duration.ofHours(1)).value();
                      default -> receiving(k, c).await().value();
                    };
                assertTrue(v instanceof Integer, "received " + v);
                results.send((Integer) v);
              }
            });
      }
      g.await();
    }
    results.close();
    assertEquals(total, results.stream().distinct().count());
    assertEquals(0, c.len());
  }
}
