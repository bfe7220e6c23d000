package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread is stopped while it lets in a sender that waits for room, and the channel is closed. */
@Tag("seam")
class BufferCloseStoppedThreadTest extends StoppedThreads {
  // ---- a hand-over that is late

  /**
   * A sender saw a receiver wait, and is stopped. Others serve that receiver and fill the buffer,
   * one more has to wait, and the channel is closed. Then the sender finds another receiver, which
   * saw the buffer empty before and is about to look again: there are values for it, so that it is
   * not to be told of the close. Found by LinearizabilityAttackTest.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void whoHasNotLookedAgainIsNotToldOfTheCloseWhileThereAreValues(int capacity)
      throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    Outcome<Integer> waiting = g.call(c::receive);
    g.awaitBlocked(c, 1, 0);
    var received = new ConcurrentLinkedQueue<Received<Integer>>();
    Stop receiver = stops.stop("reserve.looking", () -> received.add(c.receiveOk()));
    var sent = new ConcurrentLinkedQueue<Boolean>();
    Stop sender =
        stops.stop(
            "handOver.looking",
            () -> {
              c.send(100);
              sent.add(true);
            });
    assertTrue(c.trySend(50));
    assertEquals(50, waiting.get());
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(i));
    }
    Outcome<Boolean> late = waitingSender(c, 200);
    c.close();
    ChannelPanic.SendOnClosed unused = late.thrown(ChannelPanic.SendOnClosed.class);
    receiver = stops.then(receiver, "enqueueReceiver.visible");
    sender.goOn();
    g.until("the late sender to end", () -> !sent.isEmpty());
    receiver.goOn();
    g.until("the receiver to end", () -> !received.isEmpty());
    assertEquals(new Received<>(100, true), received.element());
    for (int i = 0; i < capacity; i++) {
      assertEquals(i, c.receive());
    }
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  // ---- a slot that is held

  /** The receive was before the close, and so was the send that it made room for. */
  @Test
  void closeLetsInWhomReceiverHadMadeRoomFor() {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<TryReceived<Integer>>();
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.tryReceive()));
    c.close();
    assertTrue(sender.get());
    assertEquals(new TryReceived<>(true, true, 5), c.tryReceive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    receiver.goOn();
    g.await();
    assertEquals(new TryReceived<>(true, true, -1), late.element());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  /** The receive is after the close, and lets nobody in. */
  @Test
  void closeSendsAwayWhomReceiverHadNotMadeRoomFor() {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<TryReceived<Integer>>();
    Stop receiver = stops.stop("receive.admitting", () -> late.add(c.tryReceive()));
    c.close();
    ChannelPanic.SendOnClosed unused = sender.thrown(ChannelPanic.SendOnClosed.class);
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    receiver.goOn();
    g.await();
    assertEquals(new TryReceived<>(true, true, -1), late.element());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  /**
   * Receives that are over when the close begins have let in their senders, also where an earlier
   * one, which got its value before, has been stopped: found by LinearizabilityAttackTest.
   */
  @Test
  void closeKeepsOrderOfReceivesAndSends() throws InterruptedException {
    Channel<Integer> c = full(3);
    Outcome<Boolean> first = waitingSender(c, 5);
    Outcome<Boolean> second = waitingSender(c, 6, 2);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    assertEquals(-2, c.receive());
    c.close();
    assertTrue(first.get());
    assertTrue(second.get());
    assertEquals(-3, c.receive());
    assertEquals(5, c.receive());
    assertEquals(6, c.receive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    receiver.goOn();
    g.await();
    assertEquals(-1, late.element());
  }

  /** A closer that was stopped after it let in the first sender, and won the second. */
  @Test
  void closeSparesNoLaterSender() {
    Channel<Integer> c = full(1);
    Outcome<Boolean> first = waitingSender(c, 1);
    Outcome<Boolean> second = waitingSender(c, 2, 2);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    Stop closer = stops.stop("close.won", c::close);
    assertTrue(first.get());
    receiver.goOn();
    g.until("the receiver to receive", () -> !late.isEmpty());
    assertEquals(new TryReceived<>(true, true, 1), c.tryReceive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    closer.goOn();
    ChannelPanic.SendOnClosed unused = second.thrown(ChannelPanic.SendOnClosed.class);
  }

  /** The closer is stopped before it fills the slot: who comes next does, and gets the value. */
  @Test
  void closedIsNotSaidWhileSlotIsHeld() {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    Stop closer = stops.stop("close.closed", c::close);
    assertEquals(new TryReceived<>(true, true, 5), c.tryReceive());
    assertTrue(sender.get());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    receiver.goOn();
    closer.goOn();
    g.await();
    assertEquals(-1, late.element());
  }

  // ---- a slot in a hand

  /**
   * A receiver is stopped with a slot in its hand, before or after it has won a sender for it. Both
   * that sender and the one that another receiver has let in were before the close: found by the
   * model of a channel (docs/model.md).
   */
  @ParameterizedTest
  @ValueSource(strings = {"admit.inHand", "admit.won"})
  void closeLeavesSlotInHandToItsThread(String step) throws InterruptedException {
    Channel<Integer> c = full(2);
    List<Outcome<Boolean>> senders = waitingSenders(c, 3);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop(step, () -> late.add(c.receive()));
    assertEquals(-2, c.receive());
    c.close(); // and does not wait
    ChannelPanic.SendOnClosed unused1 =
        assertThrowsExactly(ChannelPanic.SendOnClosed.class, () -> c.trySend(8));
    int second = step.equals("admit.won") ? 6 : 5;
    assertEquals(second, c.receive());
    Outcome<TryReceived<Integer>> next = g.call(c::tryReceive);
    g.awaitParked(next.thread()); // not closed: there is a value to come
    receiver.goOn();
    assertEquals(new TryReceived<>(true, true, 11 - second), next.get());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    assertTrue(senders.get(0).get());
    assertTrue(senders.get(1).get());
    ChannelPanic.SendOnClosed unused2 = senders.get(2).thrown(ChannelPanic.SendOnClosed.class);
    g.await();
    assertEquals(-1, late.element());
  }

  /** Of two threads with a slot in their hand the last one sends away who is left. */
  @Test
  void lastHandAfterCloseSendsOthersAway() {
    Channel<Integer> c = full(2);
    List<Outcome<Boolean>> senders = waitingSenders(c, 3);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop first = stops.stop("admit.inHand", () -> late.add(c.receive()));
    Stop second = stops.stop("admit.inHand", () -> late.add(c.receive()));
    c.close();
    first.goOn();
    g.until("the first receiver to receive", () -> late.size() == 1);
    assertTrue(senders.get(0).get());
    assertFalse(senders.get(2).hasEnded(), "sent away while a slot may be for it");
    second.goOn();
    assertTrue(senders.get(1).get());
    ChannelPanic.SendOnClosed unused = senders.get(2).thrown(ChannelPanic.SendOnClosed.class);
    g.until("the second receiver to receive", () -> late.size() == 2);
    assertEquals(new TryReceived<>(true, true, 5), c.tryReceive());
    assertEquals(new TryReceived<>(true, true, 6), c.tryReceive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  /** The close itself has the slot in its hand; the receiver that held it finds it gone. */
  @Test
  void closeWithSlotInHandSendsOthersAway() {
    Channel<Integer> c = full(1);
    List<Outcome<Boolean>> senders = waitingSenders(c, 2);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    Stop closer = stops.stop("admit.inHand", c::close);
    receiver.goOn();
    g.until("the receiver to receive", () -> !late.isEmpty());
    assertFalse(senders.get(1).hasEnded(), "sent away while a slot may be for it");
    closer.goOn();
    assertTrue(senders.get(0).get());
    ChannelPanic.SendOnClosed unused = senders.get(1).thrown(ChannelPanic.SendOnClosed.class);
    assertEquals(new TryReceived<>(true, true, 5), c.tryReceive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  /** The sender goes away, too: nothing is to come, and who is stopped has to say so. */
  @Test
  void slotInHandIsGivenUpAfterClose() {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("admit.inHand", () -> late.add(c.receive()));
    sender.thread().interrupt();
    InterruptedException unused = sender.thrown(InterruptedException.class);
    c.close();
    Outcome<TryReceived<Integer>> next = g.call(c::tryReceive);
    g.awaitParked(next.thread());
    receiver.goOn();
    assertEquals(new TryReceived<>(true, false, null), next.get());
    g.await();
    assertEquals(-1, late.element());
    assertEquals(0, c.len());
  }

  /** The room for a slot in one receiver's hand is not for the slot that another one holds. */
  @Test
  void closeBesideHandSendsAwayWhomReceiverHadNotMadeRoomFor() {
    Channel<Integer> c = full(2);
    List<Outcome<Boolean>> senders = waitingSenders(c, 2);
    var late = new ConcurrentLinkedQueue<Integer>();
    Stop first = stops.stop("admit.inHand", () -> late.add(c.receive()));
    Stop second = stops.stop("receive.admitting", () -> late.add(c.receive()));
    c.close();
    first.goOn();
    assertTrue(senders.get(0).get());
    ChannelPanic.SendOnClosed unused = senders.get(1).thrown(ChannelPanic.SendOnClosed.class);
    second.goOn();
    g.until("both receivers to receive", () -> late.size() == 2);
    assertEquals(new TryReceived<>(true, true, 5), c.tryReceive());
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
  }

  // ---- more slots than the gate can count

  /** As many as it can count are held, or in hands: one receiver more waits for one of those. */
  @ParameterizedTest
  @ValueSource(strings = {"receive.admitting", "admit.inHand"})
  void oneReceiverMoreThanCanBeCountedWaits(String step) throws InterruptedException {
    int most = 31;
    Channel<Integer> c = full(most + 1);
    List<Outcome<Boolean>> senders = waitingSenders(c, most + 1);
    var received = new ConcurrentLinkedQueue<Integer>();
    List<Stop> stopped = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      stopped.add(stops.stop(step, () -> received.add(c.receive())));
    }
    Thread last = g.go(() -> received.add(c.receive()));
    g.awaitParked(last);
    assertTrue(received.isEmpty());
    stopped.forEach(Stop::goOn);
    for (Outcome<Boolean> sender : senders) {
      assertTrue(sender.get());
    }
    g.await();
    assertEquals(most + 1, received.size());
    for (int i = 0; i <= most; i++) {
      assertTrue(c.tryReceive().isReady());
    }
    assertFalse(c.tryReceive().isReady());
    assertEquals(0, c.len());
  }
}
