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
import io.channel4j.select.Select;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Selects leave nothing behind on channels that stay quiet: semantics 6 and 31. */
@Tag("heap") // RepeatedSuite leaves it out
class SelectMemoryTest {
  private static final String FORMS_AND_KINDS =
      "io.channel4j.conformance.support.SelectForm#formsAndKinds";

  /** What a channel may hold on to when nobody waits: places are swept 32 at a time. */
  private static final int MAX_PLACES = 40;

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  private static void receiveBesideIdle(
      Goroutines g, SelectForm form, Channel<Integer> c, Channel<Integer> idle, int rounds) {
    g.go(
        () -> {
          for (int i = 0; i < rounds; i++) {
            c.send(i);
          }
        });
    g.go(
        () -> {
          Statement select = form.statement().receive(c).receive(idle);
          for (int i = 0; i < rounds; i++) {
            assertEquals(new Choice(0, i, true), select.await());
            if (form == SelectForm.ONE_SHOT) {
              Places.assertNone(idle);
            }
          }
        });
    g.await();
  }

  /**
   * Answers to test/chan/select2.go: 100,000 rounds beside an idle channel, and again 100,000,
   * which must not add to the heap. Two words a round are too much.
   */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void idleChannelsCostNothing(SelectForm form, ThreadKind kind) {
    int rounds = kind == ThreadKind.VIRTUAL ? 100_000 : 30_000;
    Channel<Integer> c = Channel.make();
    Channel<Integer> idle = Channel.make();
    try (var g = new Goroutines(kind)) {
      receiveBesideIdle(g, form, c, idle, rounds);
      long before = usedHeap();
      receiveBesideIdle(g, form, c, idle, rounds);
      long grown = usedHeap() - before;
      assertTrue(grown < 16L * rounds, "the heap has grown by " + grown);
    }
    for (Channel<Integer> x : List.of(c, idle)) {
      Places.assertNone(x);
      assertTrue(Places.linked(x) <= MAX_PLACES, () -> Places.linked(x) + " places");
    }
  }

  /** Losing sends and receives, on idle channels of any kind, leave before the select returns. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void losersLeave(SelectForm form, ThreadKind kind) {
    int rounds = 20_000;
    Channel<Integer> c = Channel.make();
    Channel<Integer> empty = Channel.make(3);
    Channel<Integer> full = Channel.make(1);
    Channel<Integer> nobody = Channel.make();
    assertTrue(full.trySend(0));
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < rounds; i++) {
              c.send(i);
            }
          });
      g.go(
          () -> {
            Statement select =
                form.statement()
                    .send(full, 1)
                    .receive(empty)
                    .receive(c)
                    .send(nobody, 1)
                    .receive(nobody)
                    .receive(empty);
            for (int i = 0; i < rounds; i++) {
              assertEquals(new Choice(2, i, true), select.await());
              if (form == SelectForm.ONE_SHOT || i % 1_000 == 0) {
                Places.assertNone(empty, full, nobody);
              }
            }
          });
      g.await();
    }
    for (Channel<Integer> x : List.of(empty, full, nobody)) {
      // A channel has two lists.
      assertTrue(Places.linked(x) <= 2 * MAX_PLACES, () -> Places.linked(x) + " places");
    }
  }

  /** Losers leave also where the select ends by its deadline or by an interrupt. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void losersLeaveAtTheDeadlineAndAtAnInterrupt(SelectForm form, ThreadKind kind) {
    Channel<Integer> idle = Channel.make();
    Channel<Integer> full = Channel.make(1);
    assertTrue(full.trySend(0));
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement select = form.statement().receive(idle).send(full, 1);
            for (int i = 0; i < 1_000; i++) {
              assertTrue(select.await(Duration.ofNanos(30_000)).isDefault());
              Places.assertNone(idle, full);
            }
          });
      g.await();
      for (int i = 0; i < 100; i++) {
        var o = g.call(form.statement().receive(idle).send(full, 1)::await);
        g.awaitBlocked(idle, 1, 0);
        o.thread().interrupt();
        o.thrown(InterruptedException.class);
        Places.assertNone(idle, full);
      }
    }
    assertTrue(Places.linked(idle) <= MAX_PLACES, () -> Places.linked(idle) + "");
    assertTrue(Places.linked(full) <= MAX_PLACES, () -> Places.linked(full) + "");
  }

  /**
   * Loops that are dropped while they keep a place on a channel that all share: 100,000 of them,
   * each awaited once, leave few places behind, and no loop.
   */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void droppedLoopsAreForgotten(ThreadKind kind) {
    int loops = kind == ThreadKind.VIRTUAL ? 100_000 : 20_000;
    Channel<Integer> done = Channel.make();
    Channel<Integer> c = Channel.make();
    var some = new ArrayList<WeakReference<Object>>();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < loops; i++) {
              c.send(i);
            }
          });
      g.go(
          () -> {
            for (int i = 0; i < loops; i++) {
              var loop = Select.loop();
              var stop = loop.receive(done);
              var in = loop.receive(c);
              assertEquals(in, loop.await());
              if (i % (loops / 100) == 0) {
                some.add(new WeakReference<>(stop));
              }
            }
          });
      g.await();
      assertTrue(Places.linked(done) <= MAX_PLACES, () -> Places.linked(done) + "");
      Places.assertNone(done);
      g.until(
          "the loops to be collected",
          () -> {
            System.gc();
            return some.stream().allMatch(r -> r.get() == null);
          });
    }
    Places.assertNone(done, c); // both are still reachable here
  }

  /** A quiet channel does not hold on to goroutines that once waited there and have ended. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void endedGoroutinesAreCollectable(SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    var references = new ArrayList<WeakReference<Object>>();
    waitOnceInEveryWay(form, kind, c, references);
    assertEquals(9, references.size());
    try (var g = new Goroutines()) {
      g.until(
          "the goroutines to be collected",
          () -> {
            System.gc();
            return references.stream().allMatch(r -> r.get() == null);
          });
    }
    Places.assertNone(c); // it is still reachable here
  }

  private static void waitOnceInEveryWay(
      SelectForm form,
      ThreadKind kind,
      Channel<Integer> c,
      List<WeakReference<Object>> references) {
    for (int i = 0; i < 3; i++) {
      try (var g = new Goroutines(kind)) {
        Statement s = form.statement().receive(c).receive(Channel.<Integer>make());
        references.add(new WeakReference<>(g.go(() -> assertEquals(1, s.await().value()))));
        Places.await(g, c, 1, 0);
        references.add(new WeakReference<>(g.go(() -> assertEquals(2, c.receive()))));
        Places.await(g, c, 2, 0);
        assertTrue(c.trySend(1));
        assertTrue(c.trySend(2));
        references.add(new WeakReference<>(g.go(() -> c.send(3))));
        Places.await(g, c, 0, 1);
        assertEquals(3, c.tryReceive().value());
        g.await();
      }
    }
  }

  /** How a select with a losing send case ends. */
  enum End {
    OTHER_CASE_READY,
    OTHER_CASE_SERVED,
    DEFAULT,
    TIMEOUT,
    INTERRUPT,
    CLOSE_OF_OTHER
  }

  /** A value that was not sent, and one that was received, are not held by any channel. */
  @ParameterizedTest
  @CsvSource({
    "OTHER_CASE_READY, 0",
    "OTHER_CASE_READY, 1",
    "OTHER_CASE_SERVED, 0",
    "OTHER_CASE_SERVED, 1",
    "DEFAULT, 0",
    "DEFAULT, 2",
    "TIMEOUT, 0",
    "TIMEOUT, 1",
    "INTERRUPT, 0",
    "INTERRUPT, 3",
    "CLOSE_OF_OTHER, 0",
    "CLOSE_OF_OTHER, 1"
  })
  void valuesNotSentAreCollectable(End end, int capacity) {
    Channel<Object> quiet = Channel.make(capacity);
    Channel<Object> other = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(quiet.trySend("in the buffer"));
    }
    var references = new ArrayList<WeakReference<Object>>();
    for (int i = 0; i < 3; i++) {
      Channel<Object> from = end == End.CLOSE_OF_OTHER ? Channel.make(capacity) : other;
      endOneSelect(end, quiet, from, references);
    }
    try (var g = new Goroutines()) {
      g.until(
          "the values to be collected",
          () -> {
            System.gc();
            return references.stream().allMatch(r -> r.get() == null);
          });
    }
    Places.assertNone(quiet, other); // both are still reachable here
  }

  private static void endOneSelect(
      End end,
      Channel<Object> quiet,
      Channel<Object> other,
      List<WeakReference<Object>> references) {
    try (var g = new Goroutines()) { // one that goes, because it holds on to its goroutines
      endOneSelect(g, end, quiet, other, references);
    }
  }

  private static void endOneSelect(
      Goroutines g,
      End end,
      Channel<Object> quiet,
      Channel<Object> other,
      List<WeakReference<Object>> references) {
    Object losing = new Object();
    Object received = new Object();
    references.add(new WeakReference<>(losing));
    references.add(new WeakReference<>(received));
    var select =
        Select.<Integer>of().send(quiet, losing, () -> 0).receive(other, (v, ok) -> ok ? 1 : 2);
    switch (end) {
      case OTHER_CASE_READY -> {
        g.go(() -> other.send(received));
        if (other.cap() == 0) {
          g.awaitBlocked(other, 0, 1);
        } else {
          g.await();
        }
        assertEquals(1, g.call(select::<RuntimeException>await).get());
        g.await();
      }
      case DEFAULT -> {
        select.orDefault(() -> 3);
        assertEquals(3, g.call(select::<RuntimeException>await).get());
      }
      case TIMEOUT -> {
        select.onTimeout(Duration.ofMillis(1), () -> 3);
        assertEquals(3, g.call(select::<RuntimeException>await).get());
      }
      default -> {
        var o = g.call(select::<RuntimeException>await);
        g.awaitBlocked(other, 1, 0);
        switch (end) {
          case OTHER_CASE_SERVED -> {
            assertTrue(other.trySend(received));
            assertEquals(1, o.get());
          }
          case CLOSE_OF_OTHER -> {
            other.close();
            assertEquals(2, o.get());
          }
          default -> {
            g.awaitParked(o.thread());
            o.thread().interrupt();
            o.thrown(InterruptedException.class);
          }
        }
      }
    }
  }
}
