package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loop that was served lines up again behind those who have waited meanwhile. */
class SelectLoopOrderTest {
  private static final int ROUNDS = 20;

  @ParameterizedTest
  @EnumSource
  void servedReceiveCaseLinesUpAgain(ThreadKind kind) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    var loop = Select.loop();
    var fromC = loop.receive(c);
    var idle = loop.receive(Channel.<Integer>make());
    try (var g = new Goroutines(kind)) {
      Outcome<Boolean> looping = g.call(() -> loop.await() == fromC);
      g.awaitBlocked(c, 1, 0);
      for (int i = 0; i < ROUNDS; i++) {
        Outcome<Integer> plain = g.call(c::receive);
        g.awaitBlocked(c, 2, 0);
        assertTrue(c.trySend(i));
        assertTrue(looping.get());
        assertEquals(i, fromC.value());
        looping = g.call(() -> loop.await() == fromC);
        g.awaitBlocked(c, 2, 0);
        assertTrue(c.trySend(-i));
        assertEquals(-i, plain.get());
        assertFalse(looping.hasEnded());
      }
      assertEquals(1, idle.index());
    }
  }

  @ParameterizedTest
  @EnumSource
  void servedSendCaseLinesUpAgain(ThreadKind kind) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    var loop = Select.loop();
    var toC = loop.send(c, 1);
    var idle = loop.receive(Channel.<Integer>make());
    try (var g = new Goroutines(kind)) {
      Outcome<Boolean> looping = g.call(() -> loop.await() == toC);
      g.awaitBlocked(c, 0, 1);
      for (int i = 0; i < ROUNDS; i++) {
        Outcome<Boolean> plain = g.call(() -> c.trySend(2, g.left()));
        g.awaitBlocked(c, 0, 2);
        assertEquals(1, c.tryReceive().value());
        assertTrue(looping.get());
        looping = g.call(() -> loop.await() == toC);
        g.awaitBlocked(c, 0, 2);
        assertEquals(2, c.tryReceive().value());
        assertTrue(plain.get());
        assertFalse(looping.hasEnded());
      }
      assertEquals(1, idle.index());
    }
  }

  /** It kept a place on its old channel, and must not take that along. */
  @ParameterizedTest
  @EnumSource
  void movedCaseWaitsOnItsNewChannel(ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    Channel<Integer> d = Channel.make();
    Channel<Integer> e = Channel.make();
    var loop = Select.loop();
    var moves = loop.receive(c);
    var stays = loop.receive(d);
    try (var g = new Goroutines(kind)) {
      Outcome<Boolean> first = g.call(() -> loop.await() == stays);
      g.awaitBlocked(d, 1, 0);
      assertTrue(d.trySend(1));
      assertTrue(first.get());
      moves.channel(e);
      Outcome<Boolean> second = g.call(() -> loop.await() == moves);
      g.awaitBlocked(d, 1, 0);
      assertFalse(c.trySend(2));
      assertTrue(e.trySend(3));
      assertTrue(second.get());
      assertEquals(3, moves.value());
    }
  }
}
