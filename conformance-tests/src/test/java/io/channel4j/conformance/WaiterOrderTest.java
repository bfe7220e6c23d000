package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Spin;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * First come first served (semantics 7, 8 and 9): who waits is served in the order of coming,
 * hand-over keeps the order of values, and nobody who comes later overtakes. Go: the queues of
 * sudogs in src/runtime/chan.go, and golang/go issue 11506.
 */
class WaiterOrderTest {
  private static final int WAITERS = 100;
  private static final int IN_LINE = 3;

  private static void fill(Channel<Integer> c) {
    for (int i = 0; i < c.cap(); i++) {
      assertTrue(c.trySend(i));
    }
  }

  private static Outcome<Boolean> send(
      Goroutines g, Operators operators, Channel<Integer> c, int value) {
    return g.call(
        () -> {
          operators.on(c).send(value);
          return true;
        });
  }

  @MatrixTest
  void receiversAreServedInTheOrderOfComing(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      List<Outcome<Received<Integer>>> receivers = new ArrayList<>();
      for (int i = 0; i < WAITERS; i++) {
        receivers.add(g.call(() -> operators.on(c).receiveOk()));
        g.awaitBlocked(c, i + 1, 0);
      }
      for (int i = 0; i < WAITERS; i++) {
        operators.on(c).send(i);
        assertEquals(0, c.len(), "a waiting receiver implies an empty buffer");
      }
      for (int i = 0; i < WAITERS; i++) {
        assertEquals(new Received<>(i, true), receivers.get(i).get());
      }
    }
  }

  @MatrixTest
  void sendersAreServedInTheOrderOfComing(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    fill(c);
    try (var g = new Goroutines(kind)) {
      List<Outcome<Boolean>> senders = new ArrayList<>();
      for (int i = 0; i < WAITERS; i++) {
        senders.add(send(g, operators, c, capacity + i));
        g.awaitBlocked(c, 0, i + 1);
      }
      var ops = operators.on(c);
      for (int i = 0; i < WAITERS + capacity; i++) {
        assertEquals(i, ops.receive());
        if (i < WAITERS) {
          assertTrue(senders.get(i).get(), "its value has taken the place of the one received");
          assertEquals(capacity, c.len());
        }
      }
    }
  }

  /** As those ahead are served and go, others come, and line up at the end. */
  @MatrixTest
  void receiversThatComeLaterLineUpBehind(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      Queue<Outcome<Integer>> line = new ArrayDeque<>();
      for (int i = 0; i < WAITERS; i++) {
        line.add(g.call(() -> operators.on(c).receive()));
        g.awaitBlocked(c, line.size(), 0);
        if (line.size() == IN_LINE) {
          operators.on(c).send(i);
          assertEquals(i, line.remove().get());
        }
      }
    }
  }

  @MatrixTest
  void sendersThatComeLaterLineUpBehind(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    fill(c);
    try (var g = new Goroutines(kind)) {
      Queue<Outcome<Boolean>> line = new ArrayDeque<>();
      int received = 0;
      for (int i = capacity; i < WAITERS; i++) {
        line.add(send(g, operators, c, i));
        g.awaitBlocked(c, 0, line.size());
        if (line.size() == IN_LINE) {
          assertEquals(received++, operators.on(c).receive());
          assertTrue(line.remove().get());
        }
      }
    }
  }

  /**
   * A full buffer, A and then B waiting. One receive gives the head, and A's value takes the free
   * slot in the same step: a late try finds no room, before and after.
   */
  @MatrixTest
  void aLateTrySendOvertakesNobody(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    fill(c);
    try (var g = new Goroutines(kind)) {
      var a = send(g, operators, c, capacity);
      g.awaitBlocked(c, 0, 1);
      var b = send(g, operators, c, capacity + 1);
      g.awaitBlocked(c, 0, 2);
      var late = operators.on(c);
      assertFalse(late.trySend(-1));
      assertEquals(0, operators.on(c).receive());
      assertFalse(late.trySend(-1), "the slot was A's");
      assertTrue(a.get());
      assertFalse(b.hasEnded());
      assertEquals(1, operators.on(c).receive());
      assertFalse(late.trySend(-1), capacity == 0 ? "nobody receives" : "the slot was B's");
      assertTrue(b.get());
      for (int i = 2; i < capacity + 2; i++) {
        assertEquals(i, operators.on(c).receive());
      }
      assertEquals(TryReceived.notReady(), operators.on(c).tryReceive());
    }
  }

  /** A value handed to a waiting receiver is not for a late try to steal. */
  @MatrixTest
  void aLateTryReceiveOvertakesNobody(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      var late = operators.on(c);
      for (int i = 0; i < 100; i++) {
        var receiving = g.call(() -> operators.on(c).receive());
        g.awaitBlocked(c, 1, 0);
        assertEquals(TryReceived.notReady(), late.tryReceive());
        operators.on(c).send(i);
        assertEquals(TryReceived.notReady(), late.tryReceive(), "it is the waiting receiver's");
        assertEquals(i, receiving.get());
      }
    }
  }

  /** A slot that becomes free goes to a waiter even when senders race for it all the time. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void aWaitingSenderIsNotStarvedByNewcomers(int capacity, ThreadKind kind) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    for (int i = 0; i < capacity; i++) {
      c.send(-1);
    }
    try (var g = new Goroutines(kind)) {
      var waiting = g.call(() -> c.trySend(1, g.left()));
      g.awaitBlocked(c, 0, 1);
      g.go(
          () -> {
            for (int i = 0; !waiting.hasEnded(); i++) {
              if (c.trySend(2)) {
                throw new AssertionError("overtook a waiting sender");
              }
              Spin.pause(i);
            }
          });
      assertEquals(capacity == 0 ? 1 : -1, c.receive());
      assertTrue(waiting.get());
    }
  }

  /** Interrupted waiters leave the line, and the others keep their order. */
  @MatrixTest
  void whoLeavesTheLineDoesNotDisturbIt(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      List<Outcome<Received<Integer>>> receivers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        receivers.add(g.call(() -> operators.on(c).receiveOk()));
        g.awaitBlocked(c, i + 1, 0);
      }
      for (int i = 0; i < 20; i++) {
        if (i % 3 != 1) {
          receivers.get(i).thread().interrupt();
          InterruptedException unused = receivers.get(i).thrown(InterruptedException.class);
        }
      }
      g.awaitBlocked(c, 7, 0);
      for (int i = 1; i < 20; i += 3) {
        operators.on(c).send(i);
        assertEquals(new Received<>(i, true), receivers.get(i).get());
      }
      g.awaitBlocked(c, 0, 0);
      assertEquals(0, c.len());
    }
  }
}
