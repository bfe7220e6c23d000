package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A select that is served elsewhere leaves the queues of its other channels, wherever in them it
 * stood, and harms nobody who waits there. See semantics 9, 30 and 31.
 */
class SelectWaitersTest {
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";
  private static final String FORMS_AND_KINDS =
      "io.channel4j.conformance.support.SelectForm#formsAndKinds";

  /** Answers to test/chan/select6.go (issue 2075): the last in a queue leaves it, others come. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void theLastInTheQueueLeaves(SelectForm form, ThreadKind kind) throws InterruptedException {
    Channel<Boolean> busy = Channel.make();
    Channel<Boolean> wake = Channel.make();
    Channel<Boolean> awake = Channel.make();
    try (var g = new Goroutines(kind)) {
      g.go(busy::receive);
      g.awaitBlocked(busy, 1, 0);
      g.go(
          () -> {
            assertEquals(1, form.statement().receive(busy).receive(wake).await().index());
            awake.send(true);
            busy.receive();
          });
      g.awaitBlocked(busy, 2, 0);
      g.go(() -> wake.send(true));
      awake.receive();
      busy.send(true);
      busy.send(true);
      g.await();
      Places.assertNone(busy, wake, awake);
    }
  }

  /**
   * Any of six waiters is a select that is served elsewhere; the other five, plain operations and
   * selects in turn, are then served in the order in which they came.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void anyReceiverOfTheQueueLeaves(int capacity, SelectForm form, ThreadKind kind) {
    int waiters = 6;
    try (var g = new Goroutines(kind)) {
      for (int leaver = 0; leaver < waiters; leaver++) {
        Channel<Integer> c = Channel.make(capacity);
        Channel<Integer> elsewhere = Channel.make(capacity);
        Channel<Integer> idle = Channel.make(capacity);
        Outcome<Choice> left = null;
        var others = new ArrayList<Outcome<@Nullable Object>>();
        for (int i = 0; i < waiters; i++) {
          if (i == leaver) {
            left = g.call(form.statement().receive(elsewhere).receive(c).receive(idle)::await);
          } else if (i % 2 == 0) {
            others.add(g.<@Nullable Object>call(c::receive));
          } else {
            Statement s = form.statement().receive(idle).receive(c).receive(c);
            others.add(g.<@Nullable Object>call(() -> s.await().value()));
          }
          int places = i + 1 + duplicates(i, leaver);
          Places.await(g, c, places, 0);
        }
        Places.await(g, elsewhere, 1, 0); // a select is visible on its channels one after another
        assertTrue(elsewhere.trySend(-1));
        assertEquals(new Choice(0, -1, true), left == null ? null : left.get());
        for (int i = 0; i < waiters - 1; i++) {
          assertTrue(c.trySend(i));
          assertEquals(i, others.get(i).get(), "first come first served");
        }
        Places.assertNone(c, elsewhere, idle);
        assertEquals(capacity > 0, c.trySend(99));
      }
    }
  }

  /** How many of the first waiters are selects with two cases on the channel. */
  private static int duplicates(int last, int leaver) {
    int n = 0;
    for (int i = 1; i <= last; i += 2) {
      n += i == leaver ? 0 : 1;
    }
    return n;
  }

  /** The same among senders, who wait behind a full buffer. */
  @ParameterizedTest
  @MethodSource(ALL)
  void anySenderOfTheQueueLeaves(int capacity, SelectForm form, ThreadKind kind) {
    int waiters = 6;
    try (var g = new Goroutines(kind)) {
      for (int leaver = 0; leaver < waiters; leaver++) {
        Channel<Integer> c = Channel.make(capacity);
        Channel<Integer> elsewhere = Channel.make();
        for (int i = 0; i < capacity; i++) {
          assertTrue(c.trySend(100 + i));
        }
        Outcome<Choice> left = null;
        for (int i = 0; i < waiters; i++) {
          int v = i;
          if (i == leaver) {
            left = g.call(form.statement().send(c, v).receive(elsewhere)::await);
          } else if (i % 2 == 0) {
            g.go(() -> c.send(v));
          } else {
            Statement s = form.statement().receive(elsewhere).send(c, v);
            g.go(() -> assertEquals(1, s.await().index()));
          }
          Places.await(g, c, 0, v + 1);
        }
        // The oldest receivers of elsewhere are the leaver or selects before it: close serves none.
        serve(elsewhere, leaver, left, g, c);
        var got = new ArrayList<Integer>();
        for (var r = c.tryReceive(); r.isReady(); r = c.tryReceive()) {
          got.add(r.value());
        }
        var wanted = new ArrayList<Integer>();
        for (int i = 0; i < capacity; i++) {
          wanted.add(100 + i);
        }
        for (int i = 0; i < waiters; i++) {
          if (i != leaver) {
            wanted.add(i);
          }
        }
        assertEquals(wanted, got, "first come first served");
        g.await();
        Places.assertNone(c, elsewhere);
      }
    }
  }

  /** Interrupts the leaver out of its queue: then no other select is touched. */
  private static void serve(
      Channel<Integer> elsewhere,
      int leaver,
      @Nullable Outcome<Choice> left,
      Goroutines g,
      Channel<Integer> c) {
    if (left == null) {
      throw new AssertionError("no leaver");
    }
    if (leaver == 0) {
      assertTrue(elsewhere.trySend(5));
      assertEquals(new Choice(1, 5, true), left.get());
    } else {
      g.awaitParked(left.thread());
      left.thread().interrupt();
      left.thrown(InterruptedException.class);
    }
    assertEquals(5, Places.senders(c));
  }

  /**
   * Answers to TestSelectDuplicateChannel: a select with one channel twice is served elsewhere, and
   * the waiter behind it is still found.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void twoPlacesInOneQueueLeave(int capacity, SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> d = Channel.make(capacity);
    Statement select = form.statement().receive(c).receive(c).receive(d);
    try (var g = new Goroutines(kind)) {
      for (int round = 0; round < 10; round++) {
        var a = g.call(select::await);
        g.awaitParked(a.thread());
        Places.await(g, c, 2, 0);
        var b = g.call(c::receiveOk);
        g.awaitParked(b.thread());
        Places.await(g, c, 3, 0);
        assertTrue(d.trySend(7));
        assertEquals(new Choice(2, 7, true), a.get());
        assertEquals(1, Places.receivers(c));
        assertTrue(c.trySend(8));
        assertEquals(8, b.get().value());
        Places.assertNone(c, d);
      }
    }
  }

  /** One exchange for a select with a channel twice: two senders need two rounds. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void twoPlacesAreServedOnce(SelectForm form, ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    Statement select = form.statement().receive(c).receive(c);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 100; i++) {
        var a = g.call(select::await);
        Places.await(g, c, 2, 0);
        assertTrue(c.trySend(i));
        assertFalse(c.trySend(-1));
        assertEquals(i, a.get().value());
      }
    }
  }

  /**
   * Many selects over a few channels come and go at random, by a peer, by an interrupt or by a
   * timeout; after each step the queues hold just those who wait, and serve them first come first
   * served. The seed is fixed.
   */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void randomComingAndGoing(SelectForm form, ThreadKind kind) {
    var random = new Random(2075);
    List<Channel<Integer>> channels = List.of(Channel.make(), Channel.make(2), Channel.make());
    var waiting = new ArrayList<Waiting>(); // in the order in which they came
    try (var g = new Goroutines(kind)) {
      for (int step = 0; step < 600; step++) {
        int action = random.nextInt(10);
        if (action < 5 && waiting.size() < 12) {
          int subset = 1 + random.nextInt(7);
          Statement s = form.statement();
          for (int k = 0; k < 3; k++) {
            s.receive((subset >>> k & 1) == 1 ? channels.get(k) : null);
          }
          waiting.add(new Waiting(subset, g.call(s::await)));
        } else if (action < 9) {
          int k = random.nextInt(3);
          Waiting first = null;
          for (Waiting w : waiting) {
            if ((w.subset >>> k & 1) == 1) {
              first = w;
              break;
            }
          }
          if (first != null) {
            assertTrue(channels.get(k).trySend(step));
            assertEquals(new Choice(k, step, true), first.outcome.get());
            waiting.remove(first);
          } else {
            assertEquals(0, channels.get(k).len());
            assertFalse(k != 1 && channels.get(k).trySend(step));
          }
        } else if (!waiting.isEmpty()) {
          Waiting w = waiting.remove(random.nextInt(waiting.size()));
          g.awaitParked(w.outcome.thread());
          w.outcome.thread().interrupt();
          w.outcome.thrown(InterruptedException.class);
        }
        for (int k = 0; k < 3; k++) {
          int at = k;
          int wanted = (int) waiting.stream().filter(w -> (w.subset >>> at & 1) == 1).count();
          Places.await(g, channels.get(k), wanted, 0);
        }
      }
    }
  }

  private record Waiting(int subset, Outcome<Choice> outcome) {}
}
