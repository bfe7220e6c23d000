package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The loop form: its handles, what may change between rounds, and who may use it. */
class SelectLoopTest {

  // ---- handles

  @Test
  void aHandleKnowsWhatItReceivedLast() throws InterruptedException {
    Channel<Integer> c = Channel.make(3, -1);
    c.send(1);
    c.send(2);
    c.close();
    var select = Select.loop();
    var in = select.receive(c);
    assertSame(in, select.await());
    assertEquals(1, in.value());
    assertTrue(in.ok());
    assertEquals(1, in.value(), "asking does not take it away");
    assertSame(in, select.poll());
    assertEquals(2, in.value());
    assertSame(in, select.poll(Duration.ofDays(1)));
    assertEquals(-1, in.value());
    assertFalse(in.ok());
  }

  @Test
  void aHandleThatWasNeverChosenSaysSo() throws InterruptedException {
    Channel<Integer> c = Channel.make(1);
    c.send(1);
    var select = Select.loop();
    var in = select.receive(c);
    var other = select.receive(Channel.<Integer>make());
    for (Executable ask : List.<Executable>of(in::value, in::ok)) {
      var e = assertThrows(IllegalStateException.class, ask);
      assertEquals(
          "case 0 was not chosen yet: ask only the case that await returned", e.getMessage());
    }
    assertSame(in, select.await());
    assertEquals(1, in.value());
    var e = assertThrows(IllegalStateException.class, other::ok);
    assertEquals(
        "case 1 was not chosen yet: ask only the case that await returned", e.getMessage());
  }

  /** Null is an element, told from closed by ok. */
  @Test
  void nullIsAnElement() throws InterruptedException {
    Channel<@Nullable String> c = Channel.<@Nullable String>make(1);
    var select = Select.loop();
    var in = select.receive(c);
    c.send(null);
    assertSame(in, select.await());
    assertNull(in.value());
    assertTrue(in.ok());
    c.close();
    assertSame(in, select.await());
    assertNull(in.value());
    assertFalse(in.ok());
  }

  // ---- between rounds

  /** The idiom of S1-3: closed inputs are disabled, and the loop ends when none is left. */
  @ParameterizedTest
  @CsvSource({
    "0, VIRTUAL, true",
    "0, PLATFORM, false",
    "1, VIRTUAL, false",
    "1, PLATFORM, true",
    "3, VIRTUAL, true",
    "10, VIRTUAL, false"
  })
  void closedInputsAreDisabled(int capacity, ThreadKind kind, boolean byNull)
      throws InterruptedException {
    int n = 500;
    Channel<Integer> evens = Channel.make(capacity);
    Channel<Integer> odds = Channel.make(capacity);
    try (var g = new Goroutines(kind)) {
      for (int first = 0; first < 2; first++) {
        int start = first;
        g.go(
            () -> {
              Channel<Integer> c = start == 0 ? evens : odds;
              for (int i = start; i < 2 * n; i += 2) {
                c.send(i);
              }
              c.close();
            });
      }
      var select = Select.loop();
      var fromEvens = select.<Integer>receive(evens);
      var fromOdds = select.<Integer>receive(odds);
      int nextEven = 0;
      int nextOdd = 1;
      while (fromEvens.isEnabled() || fromOdds.isEnabled()) {
        var in = select.await() == fromEvens ? fromEvens : fromOdds;
        if (!in.ok()) {
          if (byNull) {
            in.channel(null);
          } else {
            in.disable();
          }
        } else if (in == fromEvens) {
          assertEquals(nextEven, in.value());
          nextEven += 2;
        } else {
          assertEquals(nextOdd, in.value());
          nextOdd += 2;
        }
      }
      assertEquals(2 * n, nextEven);
      assertEquals(2 * n + 1, nextOdd);
      assertNull(select.poll());
    }
  }

  @Test
  void disablingTakesPartAway() throws InterruptedException {
    Channel<Integer> c = Channel.make(1);
    c.send(1);
    var select = Select.loop();
    var in = select.receive(c);
    var out = select.send(c, 2);
    in.disable();
    assertFalse(in.isEnabled());
    assertTrue(out.isEnabled());
    for (int i = 0; i < 100; i++) {
      assertNull(select.poll());
    }
    in.enable();
    in.enable();
    assertTrue(in.isEnabled());
    assertSame(in, select.await());
    out.disable();
    out.disable();
    assertNull(select.poll());
    out.enable();
    assertSame(out, select.await());
    assertEquals(2, c.receive());
  }

  /** Null and the nil channel are the same: Go's nil. A case may start as one, and come back. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nilDisablesAndAChannelEnables(boolean byNull) throws InterruptedException {
    Channel<Integer> nil = byNull ? null : Channel.nil();
    Channel<Integer> a = Channel.make(1);
    Channel<Integer> b = Channel.make(1);
    var select = Select.loop();
    var in = select.<Integer>receive(nil);
    var out = select.<Integer>send(nil, 5);
    assertFalse(in.isEnabled());
    assertFalse(out.isEnabled());
    assertNull(select.poll());
    in.enable(); // it is the channel that is missing
    assertFalse(in.isEnabled());
    out.channel(a);
    assertSame(out, select.await());
    out.channel(nil);
    in.channel(a);
    assertTrue(in.isEnabled());
    assertSame(in, select.await());
    assertEquals(5, in.value());
    in.channel(nil);
    assertNull(select.poll());
    assertEquals(5, in.value(), "what was received stays");
    in.channel(b);
    b.send(6);
    assertSame(in, select.await());
    assertEquals(6, in.value());
    in.disable();
    in.channel(a); // disabled is disabled, on whichever channel
    a.send(7);
    assertNull(select.poll());
    in.enable();
    assertSame(in, select.await());
    assertEquals(7, in.value());
  }

  /** A case that had a place in a list, and moves, leaves that list. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void aCaseThatMovesLeavesItsOldChannel(ThreadKind kind) {
    Channel<Integer> old = Channel.make();
    Channel<Integer> other = Channel.make();
    Channel<Integer> wake = Channel.make();
    var select = Select.loop();
    var in = select.<Integer>receive(old);
    var out = select.<Integer>send(old, 9);
    var woken = select.receive(wake);
    try (var g = new Goroutines(kind)) {
      var first = g.call(select::await);
      g.awaitParked(first.thread());
      Places.await(g, wake, 1, 0);
      assertTrue(wake.trySend(1));
      assertSame(woken, first.get());
      in.channel(other);
      out.channel(other);
      var second = g.call(select::await);
      g.awaitParked(second.thread());
      Places.await(g, wake, 1, 0);
      assertFalse(old.trySend(1));
      assertFalse(old.tryReceive().isReady());
      assertTrue(other.trySend(2));
      assertSame(in, second.get());
      assertEquals(2, in.value());
      var third = g.call(select::await);
      g.awaitParked(third.thread());
      Places.await(g, wake, 1, 0);
      assertEquals(9, other.tryReceive().value());
      assertSame(out, third.get());
    }
  }

  /** The zero value is that of the channel which gave it, also when the case has moved on. */
  @Test
  void theZeroValueIsThatOfTheChannelThatClosed() throws InterruptedException {
    Channel<Integer> closed = Channel.make(0, -7);
    closed.close();
    var select = Select.loop();
    var in = select.<Integer>receive(closed);
    assertSame(in, select.await());
    in.channel(Channel.<Integer>make(1, -8));
    assertEquals(-7, in.value());
    assertFalse(in.ok());
  }

  /** Cases may be added between rounds. */
  @Test
  void casesMayBeAddedLater() throws InterruptedException {
    var select = Select.loop();
    for (int i = 0; i < 20; i++) {
      Channel<Integer> c = Channel.make(1);
      var in = select.receive(c);
      assertEquals(i, in.index());
      assertNull(select.poll());
      c.send(i);
      assertSame(in, select.await());
      assertEquals(i, in.value());
    }
  }

  // ---- who may use it

  /** While one thread is in await, all that another does with the loop throws. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void oneThreadAtATime(ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    var select = Select.loop();
    var in = select.receive(c);
    var out = select.send(Channel.<Integer>make(), 1);
    try (var g = new Goroutines(kind)) {
      var owner = g.call(select::await);
      g.awaitParked(owner.thread());
      var calls =
          List.<Executable>of(
              select::await,
              select::poll,
              () -> select.poll(Duration.ZERO),
              select::biased,
              () -> select.receive(c),
              () -> select.send(c),
              () -> select.send(c, 1),
              in::disable,
              in::enable,
              () -> in.channel(null),
              out::disable,
              () -> out.channel(c),
              () -> out.value(2));
      for (Executable call : calls) {
        var e = assertThrows(IllegalStateException.class, call);
        assertEquals(
            "this select is in use by another thread: make one for each thread", e.getMessage());
      }
      assertTrue(c.trySend(3));
      assertSame(in, owner.get());
      assertEquals(3, in.value());
      assertNull(select.poll(), "usable again, and by any thread");
    }
  }

  /** Two threads at once: each call works or throws, and no value is lost or doubled. */
  @ParameterizedTest
  @CsvSource({"0, VIRTUAL", "0, PLATFORM", "1, PLATFORM", "10, PLATFORM"})
  void twoThreadsCorruptNothing(int capacity, ThreadKind kind) {
    int n = 5_000;
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> idle = Channel.make();
    var select = Select.loop();
    var idleCase = select.receive(idle);
    var in = select.receive(c);
    var refused = new AtomicInteger();
    var rounds = new AtomicInteger();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < n; i++) {
              c.send(i);
            }
          });
      for (int t = 0; t < 2; t++) {
        g.go(
            () -> {
              while (rounds.get() < n) {
                try {
                  var chosen = select.poll(Duration.ofNanos(50_000));
                  if (chosen != null) {
                    assertSame(in, chosen);
                    rounds.incrementAndGet();
                  }
                } catch (IllegalStateException e) {
                  refused.incrementAndGet();
                }
              }
            });
      }
      g.await();
      assertEquals(n, rounds.get());
      assertNull(select.poll());
      assertFalse(idle.trySend(1));
      Places.assertNone(idle);
      assertFalse(c.trySend(-1) && capacity == 0);
      idleCase.disable();
    }
  }

  /** After a round that panicked or was interrupted the loop goes on. */
  @Test
  void aLoopSurvivesAPanicAndAnInterrupt() throws InterruptedException {
    Channel<Integer> closed = Channel.make();
    closed.close();
    Channel<Integer> c = Channel.make(1);
    var select = Select.loop();
    var out = select.send(closed, 1);
    var in = select.receive(c);
    assertThrows(ChannelPanic.SendOnClosed.class, select::await);
    assertThrows(ChannelPanic.SendOnClosed.class, select::poll);
    out.disable();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, select::await);
    c.send(4);
    assertSame(in, select.await());
    assertEquals(4, in.value());
  }
}
