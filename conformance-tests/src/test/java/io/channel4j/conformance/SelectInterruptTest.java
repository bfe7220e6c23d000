package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.Spin;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Interrupts, which Go does not have: semantics 69. Either the select threw and nothing happened to
 * any channel, or a case went ahead and the interrupt status is set.
 */
class SelectInterruptTest {
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";

  /** On entry: thrown even if a case is ready, as in java.util.concurrent. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void onEntry(SelectForm form) throws InterruptedException {
    Channel<Integer> c = Channel.make(1);
    assertTrue(c.trySend(1));
    for (Statement s : new Statement[] {form.statement().receive(c), form.statement()}) {
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, s::await);
      assertFalse(Thread.currentThread().isInterrupted());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, () -> s.await(Duration.ofDays(1)));
      assertFalse(Thread.currentThread().isInterrupted());
    }
    assertEquals(1, c.len());
    assertEquals(1, form.statement().receive(c).await().value());
  }

  /** With a default the status is neither looked at nor cleared. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void aDefaultDoesNotLook(SelectForm form) {
    Channel<Integer> c = Channel.make(1);
    Statement s = form.statement().receive(c);
    Thread.currentThread().interrupt();
    try {
      assertTrue(s.poll().isDefault());
      assertTrue(c.trySend(3));
      assertEquals(new Choice(0, 3, true), s.poll());
      assertTrue(Thread.currentThread().isInterrupted());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  /** While parked: it leaves all its channels, which are as they were. */
  @ParameterizedTest
  @MethodSource(ALL)
  void whileParked(int capacity, SelectForm form, ThreadKind kind) {
    Channel<Integer> empty = Channel.make(capacity);
    Channel<Integer> full = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(full.trySend(i));
    }
    Statement s = form.statement().receive(empty).send(full, 9).receive(empty);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 10; i++) {
        boolean timed = i % 2 == 1;
        var o = g.call(() -> timed ? s.await(Duration.ofHours(1)) : s.await());
        Places.await(g, empty, 2, 0);
        Places.await(g, full, 0, 1);
        g.awaitParked(o.thread());
        o.thread().interrupt();
        o.thrown(InterruptedException.class);
        Places.assertNone(empty, full);
        assertEquals(0, empty.len());
        assertEquals(capacity, full.len());
      }
      assertEquals(capacity > 0, empty.trySend(1), "nobody waits here");
      assertFalse(full.trySend(1));
    }
  }

  /** A parked select whose case was served first returns it; the status stays set. */
  @ParameterizedTest
  @MethodSource(ALL)
  void servedFirst(int capacity, SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> idle = Channel.make(capacity);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 20; i++) {
        Statement s = form.statement().receive(idle).receive(c);
        var flag = new AtomicInteger(-1);
        Outcome<Choice> o =
            g.call(
                () -> {
                  Choice got = s.await();
                  for (int n = 0; !Thread.currentThread().isInterrupted(); n++) {
                    Spin.pause(n); // the interrupt may come after the return
                  }
                  flag.set(Thread.interrupted() ? 1 : 0);
                  return got;
                });
        g.awaitBlocked(c, 1, 0);
        assertTrue(c.trySend(i));
        o.thread().interrupt();
        assertEquals(new Choice(1, i, true), o.get());
        assertEquals(1, flag.get());
        Places.assertNone(c, idle);
      }
    }
  }

  /**
   * An interrupt races with a sender: the value is received or still with its sender, and an
   * interrupt that came second is not lost.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void raceWithAPeer(int capacity, SelectForm form, ThreadKind kind) {
    int rounds = kind == ThreadKind.VIRTUAL ? 500 : 100;
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < rounds; i++) {
        int v = i;
        Channel<Integer> c = Channel.make(capacity);
        Channel<Integer> idle = Channel.make(capacity);
        Outcome<Boolean> received =
            g.call(
                () -> {
                  Statement s = form.statement().receive(c).receive(idle);
                  try {
                    assertEquals(new Choice(0, v, true), s.await());
                    return true;
                  } catch (InterruptedException e) {
                    return false;
                  }
                });
        if (i % 3 != 0) {
          Places.await(g, c, 1, 0);
        }
        Thread target = received.thread();
        g.go(target::interrupt);
        boolean taken = c.trySend(v);
        boolean got = received.get();
        if (taken) {
          assertEquals(got ? 0 : 1, c.len(), "received or in the buffer");
          assertTrue(got || capacity > 0, "a value was handed over and lost");
        } else {
          assertFalse(got, "received what was not sent");
        }
        Places.assertNone(c, idle);
      }
      g.await();
    }
  }
}
