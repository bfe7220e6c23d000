package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thread that is stopped anywhere in an operation of a buffered channel holds up only who needs
 * the very slot or value that it has won.
 */
@Tag("seam")
class BufferStoppedThreadTest extends StoppedThreads {
  private static final int THREADS = 8;
  private static final int EACH = 100;

  /** Eight threads send and receive hundreds of values, each thread one and one, by turns. */
  private void traffic(Channel<Integer> c, Set<Integer> expected) {
    var received = new ConcurrentLinkedQueue<Integer>();
    List<Outcome<Void>> all = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int me = t;
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  c.send(me * EACH + i);
                  received.add(c.receive());
                }
                return null;
              }));
    }
    all.forEach(o -> assertNull(o.get()));
    assertEquals(THREADS * EACH, received.size());
    received.forEach(v -> assertTrue(v < 0 || expected.add(v), () -> v + " was received twice"));
  }

  // ---- a sender that has a slot and has not filled it

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 16})
  void othersPassSenderWithSlot(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    Stop stop = stops.stop("send.granted", () -> c.send(1_000_000));
    Set<Integer> seen = new HashSet<>();
    traffic(c, seen);
    assertEquals(THREADS * EACH, seen.size());
    stop.goOn();
    assertEquals(1_000_000, g.call(c::receive).get());
    assertEquals(0, c.len());
  }

  /** Whether the buffer is empty depends on the stopped sender: both answers take its going on. */
  @Test
  void tryReceiveWaitsForTheOnlyValue() {
    Channel<Integer> c = Channel.make(3);
    Stop stop = stops.stop("send.granted", () -> c.send(7));
    Outcome<TryReceived<Integer>> r = g.call(c::tryReceive);
    g.awaitParked(r.thread());
    assertFalse(r.hasEnded());
    stop.goOn();
    assertEquals(new TryReceived<>(true, true, 7), r.get());
  }

  /** A sender with a slot was there before the close: its value is the last one. */
  @Test
  void valueOfStoppedSenderComesBeforeClosed() {
    Channel<Integer> c = Channel.make(3);
    Stop stop = stops.stop("send.granted", () -> c.send(7));
    c.close();
    assertThrows(ChannelPanic.SendOnClosed.class, () -> c.trySend(8));
    Outcome<Received<Integer>> first = g.call(c::receiveOk);
    g.awaitParked(first.thread());
    stop.goOn();
    assertEquals(new Received<>(7, true), first.get());
    assertEquals(new Received<>(null, false), g.call(c::receiveOk).get());
  }

  // ---- a receiver that has won a value and has not taken it

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 10, 16})
  void othersPassReceiverWithValue(int capacity) throws InterruptedException {
    Channel<Integer> c = full(capacity);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop stop = stops.stop("receive.granted", () -> late.add(c.receive()));
    Set<Integer> got = new HashSet<>();
    for (int i = 1; i < capacity; i++) {
      assertTrue(got.add(c.receive()));
    }
    Set<Integer> seen = new HashSet<>();
    traffic(c, seen);
    stop.goOn();
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
    assertEquals(0, c.len());
    late.forEach(v -> assertTrue(v < 0 ? got.add(v) : seen.add(v), () -> v + " received twice"));
  }

  /**
   * Capacity is exact also while a receiver has won a value and not taken it: who sends value k + C
   * waits until value k is out (Go's fourth memory rule), and values leave in order.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 10})
  void capacityIsExactWhileReceiverIsStopped(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop stop = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Boolean> sender =
        g.call(
            () -> {
              c.send(capacity);
              return true;
            });
    g.awaitParked(sender.thread());
    assertFalse(sender.hasEnded(), "one value too many");
    Outcome<Integer> other = g.call(c::receive);
    if (capacity > 1) {
      assertEquals(0, other.get());
    }
    stop.goOn();
    assertTrue(sender.get());
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
    assertEquals(Set.of(0, 1), Set.of(other.get(), late.element()));
  }

  /** A send that found the buffer full before a close cannot succeed after it. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void sendHeldUpByStoppedReceiverMeetsClose(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop stop = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Boolean> sender =
        g.call(
            () -> {
              c.send(capacity);
              return true;
            });
    g.awaitParked(sender.thread());
    c.close();
    assertEquals(0, c.receive()); // so the stopped receiver comes after the close
    ChannelPanic.SendOnClosed unused = sender.thrown(ChannelPanic.SendOnClosed.class);
    stop.goOn();
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
    assertEquals(1, late.element());
  }

  // ---- a receiver that lets in a waiting sender

  @ParameterizedTest
  @ValueSource(
      strings = {"receive.admitting", "receive.taken", "admit.inHand", "admit.won", "admit.put"})
  void othersPassAdmittingReceiver(String step) throws InterruptedException {
    Channel<Integer> c = full(3);
    Thread unused = g.go(() -> c.send(-10));
    g.awaitBlocked(c, 0, 1);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop stop = stops.stop(step, () -> late.add(c.receive()));
    Set<Integer> old = new HashSet<>();
    assertTrue(old.add(c.receive()));
    assertTrue(old.add(c.receive()));
    Set<Integer> seen = new HashSet<>();
    traffic(c, seen);
    stop.goOn();
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
    List<Integer> rest = new ArrayList<>(late);
    TryReceived<Integer> r = c.tryReceive();
    for (; r.isReady(); r = c.tryReceive()) {
      rest.add(r.value());
    }
    rest.forEach(v -> assertTrue(v < 0 ? old.add(v) : seen.add(v), () -> v + " received twice"));
    g.awaitBlocked(c, 0, 0);
    g.await();
  }

  /** Nobody may take what only the stopped receiver's promise stands for. */
  @ParameterizedTest
  @ValueSource(strings = {"receive.admitting", "receive.taken"})
  void slotHeldForSenderIsNoValue(String step) throws InterruptedException {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var answers = new ConcurrentLinkedQueue<TryReceived<Integer>>();
    Stop stop = stops.stop(step, () -> answers.add(c.tryReceive()));
    sender.thread().interrupt();
    InterruptedException unused = sender.thrown(InterruptedException.class);
    Outcome<TryReceived<Integer>> first = g.call(c::tryReceive);
    Outcome<TryReceived<Integer>> second = g.call(c::tryReceive);
    g.awaitParked(first.thread());
    stop.goOn();
    g.until("the stopped receiver to receive", () -> !answers.isEmpty());
    answers.add(first.get());
    answers.add(second.get());
    assertEquals(1, answers.stream().filter(TryReceived::ok).count(), answers::toString);
    assertEquals(1, answers.stream().filter(TryReceived::isReady).count());
    assertEquals(0, c.len());
    assertTrue(c.trySend(1));
  }

  /** More receivers at once than there are values and waiting senders. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void manyAdmitOne(int capacity) {
    Channel<Integer> c = full(capacity);
    Thread unused = g.go(() -> c.send(5));
    g.awaitBlocked(c, 0, 1);
    var answers = new ConcurrentLinkedQueue<TryReceived<Integer>>();
    List<Stop> stopped = new ArrayList<>();
    for (int i = 0; i < capacity; i++) {
      stopped.add(stops.stop("receive.admitting", () -> answers.add(c.tryReceive())));
    }
    List<Outcome<TryReceived<Integer>>> more = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      more.add(g.call(c::tryReceive));
    }
    stopped.forEach(Stop::goOn);
    more.forEach(o -> answers.add(o.get()));
    g.await();
    TryReceived<Integer> r = c.tryReceive();
    long values = answers.stream().filter(TryReceived::ok).count() + (r.isReady() ? 1 : 0);
    assertEquals(capacity + 1, values, answers::toString);
    assertEquals(0, c.len());
  }

  /** No newcomer gets the slot that a stopped receiver holds for a waiting sender. */
  @Test
  void newcomerDoesNotOvertakeWaitingSender() throws InterruptedException {
    Channel<Integer> c = full(2);
    Thread unused = g.go(() -> c.send(1));
    g.awaitBlocked(c, 0, 1);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop stop = stops.stop("receive.taken", () -> late.add(c.receive()));
    Outcome<Boolean> newcomer = g.call(() -> c.trySend(2));
    g.awaitParked(newcomer.thread());
    stop.goOn();
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
    assertFalse(newcomer.get());
    assertEquals(-1, late.element());
    assertEquals(-2, c.receive());
    assertEquals(1, c.receive());
  }

  /** The room for a slot in a receiver's hand is not for a newcomer that finds another one free. */
  @Test
  void newcomerLeavesTheRoomForSlotInHand() throws InterruptedException {
    Channel<Integer> c = full(3);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop admits = stops.stop("admit.inHand", () -> late.add(c.receive()));
    sender.thread().interrupt();
    InterruptedException unused = sender.thrown(InterruptedException.class);
    Stop takes = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Boolean> newcomer = g.call(() -> c.trySend(6));
    g.awaitParked(newcomer.thread());
    takes.goOn();
    assertTrue(newcomer.get());
    admits.goOn();
    g.await();
    assertEquals(-3, c.receive());
    assertEquals(6, c.receive());
    assertEquals(0, c.len());
  }

  /** A sender that finds the last slot in a receiver's hand lines up, and may leave again. */
  @Test
  void senderLinesUpBesideSlotInHand() {
    Channel<Integer> c = full(2);
    Outcome<Boolean> first = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop admits = stops.stop("admit.inHand", () -> late.add(c.receive()));
    Outcome<Boolean> second = waitingSender(c, 6, 2);
    second.thread().interrupt();
    InterruptedException unused = second.thrown(InterruptedException.class);
    admits.goOn();
    assertTrue(first.get());
    g.until("the stopped receiver to receive", () -> !late.isEmpty());
  }
}
