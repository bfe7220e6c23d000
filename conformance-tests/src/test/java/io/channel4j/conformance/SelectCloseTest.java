package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Selects and close: a receive case is ready with the zero value, a send case is ready with a
 * panic. Semantics 13 to 15, 25 and 26; reflect's TestSelect says the same where one panicking case
 * competes with others.
 */
class SelectCloseTest {
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";
  private static final String CAPACITIES_AND_FORMS =
      "io.channel4j.conformance.support.SelectForm#capacitiesAndForms";

  private static Channel<Integer> full(int capacity) {
    Channel<Integer> c = Channel.make(capacity, 0);
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(100 + i));
    }
    return c;
  }

  private static void assertPanics(Callable<Choice> select) {
    var e = assertThrows(ChannelPanic.SendOnClosed.class, select::call);
    assertEquals("send on closed channel", e.getMessage());
  }

  /** A default or a timeout does not save a send that has nothing to compete with. */
  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_FORMS)
  void aLoneSendOnClosedPanics(int capacity, SelectForm form) {
    Channel<Integer> closed = full(capacity);
    closed.close();
    Statement s =
        form.statement()
            .receive(Channel.<Integer>make())
            .send(closed, 1)
            .send(Channel.<Integer>nil(), 2);
    for (int i = 0; i < 50; i++) {
      assertPanics(s::await);
      assertPanics(s::poll);
      assertPanics(() -> s.await(Duration.ZERO));
      assertPanics(() -> s.await(Duration.ofHours(1)));
    }
    assertEquals(capacity, closed.len());
  }

  /**
   * Beside a ready case the send panics only if it is chosen: about every second time. Odds that
   * fewer than 100 of 600 rounds go either way: below 1e-60.
   */
  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_FORMS)
  void aSendOnClosedPanicsOnlyIfChosen(int capacity, SelectForm form) throws Exception {
    Channel<Integer> closed = full(capacity);
    closed.close();
    Channel<Integer> ready = Channel.make(1);
    Statement s = form.statement().send(closed, 1).receive(ready);
    int panics = 0;
    int values = 0;
    for (int i = 0; i < 600; i++) {
      assertEquals(values == i - panics, ready.trySend(i) || ready.len() == 1);
      try {
        Choice c = i % 2 == 0 ? s.await() : s.poll();
        assertEquals(1, c.index());
        values++;
      } catch (ChannelPanic.SendOnClosed e) {
        panics++;
        assertEquals(1, ready.len(), "the other case did not go ahead as well");
      }
    }
    assertTrue(panics > 100 && values > 100, panics + " panics, " + values + " values");
  }

  /** A select that waits to send panics when that channel closes, and leaves the others. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aWaitingSendPanicsAtClose(int capacity, SelectForm form, ThreadKind kind) {
    Channel<Integer> idle = Channel.make(capacity);
    try (var g = new Goroutines(kind)) {
      for (boolean timed : new boolean[] {false, true}) {
        Channel<Integer> c = full(capacity);
        Statement s = form.statement().receive(idle).send(c, 1).send(c, 2);
        var o = g.call(() -> timed ? s.await(Duration.ofHours(1)) : s.await());
        Places.await(g, c, 0, 2);
        g.awaitParked(o.thread());
        c.close();
        assertEquals(
            "send on closed channel", o.thrown(ChannelPanic.SendOnClosed.class).getMessage());
        Places.assertNone(c, idle);
        assertEquals(capacity, c.len());
      }
    }
  }

  /** A select that waits to receive gets the zero value of the channel that closes. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aWaitingReceiveEndsAtClose(int capacity, SelectForm form, ThreadKind kind) {
    Channel<Integer> idle = full(capacity);
    Channel<Integer> c = Channel.make(capacity, -3);
    Statement s = form.statement().send(idle, 1).receive(c).receive(c);
    try (var g = new Goroutines(kind)) {
      var o = g.call(s::await);
      Places.await(g, c, 2, 0);
      g.awaitParked(o.thread());
      c.close();
      assertTrue(o.get().index() > 0);
      assertEquals(-3, o.get().value());
      assertFalse(o.get().ok());
      Places.assertNone(c, idle);
      var again = g.call(s::await);
      assertEquals(-3, again.get().value());
    }
  }

  /** A select that waits at both ends of the channel that closes has either outcome. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void aSelectOnBothEndsEndsAtClose(SelectForm form, ThreadKind kind) {
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < 50; i++) {
        Channel<Integer> c = Channel.make(0, -3);
        var panicked = new AtomicInteger();
        var o =
            g.call(
                () -> {
                  try {
                    return form.statement().send(c, 1).receive(c).await();
                  } catch (ChannelPanic.SendOnClosed e) {
                    panicked.set(1);
                    return new Choice(1, -3, false);
                  }
                });
        Places.await(g, c, 1, 1);
        c.close();
        assertEquals(new Choice(1, -3, false), o.get());
        Places.assertNone(c);
      }
    }
  }

  /** Close wakes all selects that wait for it, a hundred on each side. */
  @ParameterizedTest
  @MethodSource(ALL)
  void closeWakesAll(int capacity, SelectForm form, ThreadKind kind) {
    int n = kind == ThreadKind.VIRTUAL ? 100 : 20;
    Channel<Integer> idle = Channel.make();
    Channel<Integer> in = Channel.make(capacity, -1);
    Channel<Integer> out = full(capacity);
    try (var g = new Goroutines(kind)) {
      List<Outcome<Choice>> receivers = new ArrayList<>();
      List<Outcome<Choice>> senders = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Statement receive = form.statement().receive(idle).receive(in);
        Statement send = form.statement().send(out, i).receive(idle);
        receivers.add(g.call(receive::await));
        senders.add(g.call(send::await));
      }
      Places.await(g, in, n, 0);
      Places.await(g, out, 0, n);
      in.close();
      out.close();
      for (var o : receivers) {
        assertEquals(new Choice(1, -1, false), o.get());
      }
      for (var o : senders) {
        o.thrown(ChannelPanic.SendOnClosed.class);
      }
      Places.assertNone(idle, in, out);
      assertEquals(capacity, out.len());
    }
  }

  /** Values that were buffered before the close come first; then closed, for ever. */
  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_FORMS)
  void bufferedValuesComeBeforeClosed(int capacity, SelectForm form) throws InterruptedException {
    Channel<Integer> c = full(capacity);
    c.close();
    Statement s = form.statement().receive(Channel.<Integer>make()).receive(c);
    for (int i = 0; i < capacity; i++) {
      assertEquals(new Choice(1, 100 + i, true), i % 2 == 0 ? s.await() : s.poll());
    }
    for (int i = 0; i < 10; i++) {
      assertEquals(new Choice(1, 0, false), i % 2 == 0 ? s.await() : s.poll());
    }
  }

  /**
   * The receiving half of TestNonblockRecvRace through a select with a default: a value that was
   * sent before the close is received, never missed.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void closeIsNeverSeenBeforeTheLastValue(SelectForm form, ThreadKind kind) {
    int rounds = kind == ThreadKind.VIRTUAL ? 20_000 : 1_000;
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < rounds; i++) {
        Channel<Integer> c = Channel.make(1);
        assertTrue(c.trySend(1));
        g.go(() -> assertEquals(new Choice(0, 1, true), form.statement().receive(c).poll()));
        c.close();
      }
      g.await();
    }
  }
}
