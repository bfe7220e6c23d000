package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A select with both ends of one channel never meets itself, but meets others: semantics 29. */
class SelectSelfTest {
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";

  /**
   * Answers to TestSelfSelect: threads that each select on both ends of the channel, with the cases
   * in either order. Through an unbuffered channel nobody gets what it sent itself.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void twoThreadsOnBothEnds(int capacity, SelectForm form, ThreadKind kind) {
    int rounds = 5_000;
    Channel<Integer> c = Channel.make(capacity);
    var sent = new AtomicInteger();
    var received = new AtomicInteger();
    try (var g = new Goroutines(kind)) {
      for (int p = 0; p < 2; p++) {
        int me = p;
        g.go(
            () -> {
              Statement sendFirst = form.statement().send(c, me).receive(c);
              Statement receiveFirst = form.statement().receive(c).send(c, me);
              for (int i = 0; i < rounds; i++) {
                boolean swapped = me == 1 && i % 2 == 1;
                Choice chosen = (swapped ? receiveFirst : sendFirst).await();
                if ((chosen.index() == 0) != swapped) {
                  sent.incrementAndGet();
                } else {
                  received.incrementAndGet();
                  assertTrue(chosen.ok());
                  if (capacity == 0) {
                    assertNotEquals(me, chosen.value(), "met itself");
                  }
                }
              }
            });
      }
      g.await();
    }
    assertEquals(2 * rounds, sent.get() + received.get());
    assertEquals(c.len(), sent.get() - received.get());
    Places.assertNone(c);
  }

  /** With three threads the exchanges are between any two; an even number of rounds ends. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void manyThreadsOnBothEnds(SelectForm form, ThreadKind kind) {
    int threads = 6;
    int rounds = 12_000; // exchanges times two
    Channel<Integer> c = Channel.make();
    var tickets = new AtomicInteger(rounds);
    var balance = new AtomicInteger();
    Channel<Integer> over = Channel.make();
    try (var g = new Goroutines(kind)) {
      for (int p = 0; p < threads; p++) {
        int me = p;
        g.go(
            () -> {
              Statement select = form.statement().send(c, me).receive(c).receive(over);
              for (; ; ) {
                Choice chosen = select.await();
                if (chosen.index() == 2) {
                  return;
                }
                balance.addAndGet(chosen.index() == 0 ? 1 : -1);
                assertNotEquals(me, chosen.value());
                if (tickets.decrementAndGet() == 0) {
                  over.close();
                }
              }
            });
      }
      g.await();
    }
    assertEquals(0, balance.get(), "sends minus receives");
  }

  /** Parked on both ends it can be served at either, by a peer of any kind. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void parkedOnBothEnds(SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    Statement select = form.statement().receive(c).send(c, 8).receive(c).send(c, 8);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 20; i++) {
        var chosen = g.call(select::await);
        Places.await(g, c, 2, 2);
        g.awaitParked(chosen.thread());
        if (i % 2 == 0) {
          assertTrue(c.trySend(i));
          assertEquals(i, chosen.get().value());
          assertEquals(0, chosen.get().index() % 2);
        } else {
          assertEquals(8, c.tryReceive().value());
          assertEquals(1, chosen.get().index() % 2);
        }
        assertFalse(c.trySend(1));
        assertFalse(c.tryReceive().isReady());
      }
    }
  }
}
