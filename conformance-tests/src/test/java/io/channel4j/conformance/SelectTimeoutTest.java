package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Selects with a timeout: onTimeout of the one-shot form, poll(Duration) of the loop form. */
class SelectTimeoutTest {
  private static final String FORMS_AND_KINDS =
      "io.channel4j.conformance.support.SelectForm#formsAndKinds";

  private static final List<Duration> NONE =
      List.of(
          Duration.ZERO,
          Duration.ofNanos(-1),
          Duration.ofDays(-1),
          Duration.ofSeconds(Long.MIN_VALUE));

  private static final List<Duration> HUGE =
      List.of(
          Duration.ofDays(365 * 300),
          Duration.ofNanos(Long.MAX_VALUE),
          Duration.ofSeconds(Long.MAX_VALUE / 1_000_000_000L),
          Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));

  static Stream<Arguments> none() {
    return product(NONE);
  }

  static Stream<Arguments> huge() {
    return product(HUGE);
  }

  private static Stream<Arguments> product(List<Duration> durations) {
    return durations.stream()
        .flatMap(d -> Arrays.stream(SelectForm.values()).map(f -> Arguments.of(d, f)));
  }

  /** Zero and less are a default: not ready at once, but a ready case is taken. */
  @ParameterizedTest
  @MethodSource("none")
  void noTimeIsADefault(Duration timeout, SelectForm form) throws InterruptedException {
    Channel<Integer> c = Channel.make(1);
    Statement s = form.statement().receive(c).receive(null);
    for (int i = 0; i < 20; i++) {
      assertTrue(s.await(timeout).isDefault());
      c.send(i);
      assertEquals(new Choice(0, i, true), s.await(timeout), "ready wins against the timeout");
    }
    Places.assertNone(c);
  }

  /** Unlike a default, an interrupted thread is told so. */
  @ParameterizedTest
  @MethodSource("none")
  void noTimeLooksAtTheInterruptStatus(Duration timeout, SelectForm form) {
    Channel<Integer> c = Channel.make(1);
    assertTrue(c.trySend(1));
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> form.statement().receive(c).await(timeout));
    assertFalse(Thread.currentThread().isInterrupted());
    assertEquals(1, c.len());
  }

  /** Durations beyond what nanoseconds can say wait, and do not wrap around. */
  @ParameterizedTest
  @MethodSource("huge")
  void hugeTimesWait(Duration timeout, SelectForm form) {
    Channel<Integer> c = Channel.make();
    Statement s = form.statement().receive(c);
    try (var g = new Goroutines()) {
      for (int i = 0; i < 3; i++) {
        var o = g.call(() -> s.await(timeout));
        g.awaitBlocked(c, 1, 0);
        assertTrue(c.trySend(i));
        assertEquals(new Choice(0, i, true), o.get());
      }
    }
  }

  /** The timeout is not early, and comes; nothing has happened to the channels. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void theTimePasses(SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    Channel<Integer> full = Channel.make(1);
    assertTrue(full.trySend(0));
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement s = form.statement().receive(c).send(full, 1).receive(null);
            for (int millis : new int[] {1, 5, 20}) {
              long start = System.nanoTime();
              assertTrue(s.await(Duration.ofMillis(millis)).isDefault());
              long took = System.nanoTime() - start;
              assertTrue(took >= millis * 1_000_000L, took + " ns are less than " + millis + " ms");
              Places.assertNone(c, full);
            }
          });
      g.await();
    }
    assertEquals(1, full.len());
    assertFalse(c.trySend(1));
  }

  /** Also where nothing takes part. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void theTimePassesWithoutCases(SelectForm form, ThreadKind kind) {
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (Statement s :
                List.of(form.statement(), form.statement().receive(null).send(null, 1))) {
              long start = System.nanoTime();
              assertTrue(s.await(Duration.ofMillis(3)).isDefault());
              assertTrue(System.nanoTime() - start >= 3_000_000L);
              assertTrue(s.await(Duration.ZERO).isDefault());
            }
          });
      g.await();
    }
  }

  /** The time of a one-shot select begins at await, not when it is built. */
  @Test
  void theTimeBeginsAtAwait() throws InterruptedException {
    var select = Select.<Integer>of().onTimeout(Duration.ofMillis(10), () -> 1);
    long built = System.nanoTime();
    while (System.nanoTime() - built < 15_000_000L) {
      Thread.onSpinWait();
    }
    long start = System.nanoTime();
    assertEquals(1, select.<RuntimeException>await());
    assertTrue(System.nanoTime() - start >= 10_000_000L);
  }

  /**
   * Timeouts that race with values: each value is received once, by a round that says so, and a
   * round that timed out took none.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#all")
  void timeoutsRaceWithValues(int capacity, SelectForm form, ThreadKind kind) {
    int n = kind == ThreadKind.VIRTUAL ? 3_000 : 1_000;
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> d = Channel.make(capacity);
    var timeouts = new AtomicInteger();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement s = form.statement().receive(c).receive(d);
            int nextC = 0;
            int nextD = 0;
            while (nextC + nextD < n) {
              Choice got = s.await(Duration.ofNanos(2_000));
              if (got.isDefault()) {
                timeouts.incrementAndGet();
              } else if (got.index() == 0) {
                assertEquals(nextC++, got.value());
              } else {
                assertEquals(nextD++, got.value());
              }
            }
          });
      g.go(
          () -> {
            int nextC = 0;
            int nextD = 0;
            while (nextC + nextD < n) {
              Statement s = form.statement().send(c, nextC).send(d, nextD);
              Choice sent = s.await(Duration.ofNanos(2_000));
              if (sent.isDefault()) {
                timeouts.incrementAndGet();
              } else if (sent.index() == 0) {
                nextC++;
              } else {
                nextD++;
              }
            }
          });
      g.await();
    }
    assertEquals(0, c.len());
    assertEquals(0, d.len());
    Places.assertNone(c, d);
  }

  /** A default and a timeout look alike to the caller, whatever the kind of thread. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void ordinaryUse(SelectForm form) throws InterruptedException {
    Channel<Integer> c = Channel.make(2);
    c.send(1);
    Statement s = form.statement().receive(c);
    assertEquals(new Choice(0, 1, true), s.await(Duration.ofMillis(1)));
    assertTrue(s.await(Duration.ofMillis(1)).isDefault());
    c.send(2);
    assertEquals(new Choice(0, 2, true), s.await(Duration.ofDays(1)));
  }
}
