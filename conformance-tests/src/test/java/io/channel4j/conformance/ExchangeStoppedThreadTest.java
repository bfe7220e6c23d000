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
 * A thread that is stopped anywhere in an exchange, in waiting or in a close holds up only its
 * partner.
 */
@Tag("seam")
class ExchangeStoppedThreadTest extends StoppedThreads {
  /** Steps of those that find somebody waiting in front already. */
  private static final Set<String> IN_LIST =
      Set.of("reserve.reserved", "enqueueReceiver.opened", "enqueueSender.opened");

  private static final int PAIRS = 4;
  private static final int EACH = 100;

  private final Channel<Integer> c = Channel.make();
  private final ConcurrentLinkedQueue<Received<Integer>> late = new ConcurrentLinkedQueue<>();

  /** Four senders and four receivers, hundreds of values; what was received. */
  private Set<Integer> traffic() {
    var received = new ConcurrentLinkedQueue<Integer>();
    List<Outcome<Void>> all = new ArrayList<>();
    for (int t = 0; t < PAIRS; t++) {
      int me = t;
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  c.send(me * EACH + i);
                }
                return null;
              }));
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  received.add(c.receive());
                }
                return null;
              }));
    }
    all.forEach(o -> assertNull(o.get()));
    assertEquals(PAIRS * EACH, received.size());
    Set<Integer> values = new HashSet<>(received);
    assertEquals(PAIRS * EACH, values.size(), "received twice");
    return values;
  }

  private Outcome<Received<Integer>> waitingReceiver(int position) {
    Outcome<Received<Integer>> r = g.call(c::receiveOk);
    g.awaitBlocked(c, position, 0);
    return r;
  }

  private Outcome<Boolean> waitingSender(int value, int position) {
    return waitingSender(c, value, position);
  }

  // ---- exchanges

  /** The receiver that was won waits, and nothing but its value ends its wait. */
  @ParameterizedTest
  @ValueSource(strings = {"handOver.won", "complete.done"})
  void othersPassSenderInHandOver(String step) {
    Outcome<Received<Integer>> won = waitingReceiver(1);
    Stop stop = stops.stop(step, () -> c.send(-1));
    assertFalse(c.trySend(-2), "nobody else waits");
    assertEquals(PAIRS * EACH, traffic().size());
    assertFalse(won.hasEnded());
    stop.goOn();
    assertEquals(new Received<>(-1, true), won.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"receive.won", "complete.done"})
  void othersPassReceiverInExchange(String step) {
    Outcome<Boolean> won = waitingSender(-1, 1);
    Stop stop = stops.stop(step, () -> late.add(c.receiveOk()));
    assertFalse(c.tryReceive().isReady(), "nobody else waits");
    assertEquals(PAIRS * EACH, traffic().size());
    assertFalse(won.hasEnded());
    stop.goOn();
    assertTrue(won.get());
    g.await();
    assertEquals(new Received<>(-1, true), late.element());
  }

  /** Claimed first: the operation goes through, and the status stays set. */
  @ParameterizedTest
  @ValueSource(strings = {"handOver.won", "complete.done"})
  void interruptComesTooLate(String step) {
    Outcome<Boolean> won =
        g.call(() -> c.receive() == -1 && Thread.currentThread().isInterrupted());
    g.awaitBlocked(c, 1, 0);
    Stop stop = stops.stop(step, () -> c.send(-1));
    won.thread().interrupt();
    if (step.equals("complete.done")) {
      assertTrue(won.get(), "the value was there already");
    } else {
      g.awaitParked(won.thread());
      assertFalse(won.hasEnded());
    }
    stop.goOn();
    assertTrue(won.get());
  }

  /** Others are served in their order while the first one's partner is stopped. */
  @Test
  void orderBehindStoppedHandOver() {
    List<Outcome<Received<Integer>>> all = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      all.add(waitingReceiver(i));
    }
    Stop stop = stops.stop("handOver.won", () -> c.send(0));
    for (int i = 1; i < 5; i++) {
      assertTrue(c.trySend(i));
    }
    assertFalse(c.trySend(5));
    for (int i = 1; i < 5; i++) {
      assertEquals(new Received<>(i, true), all.get(i).get());
    }
    stop.goOn();
    assertEquals(new Received<>(0, true), all.get(0).get());
  }

  // ---- waiting

  /** One that is about to wait may be served, or others may: nobody waits for it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enqueueReceiver.front",
        "reserve.reserved",
        "enqueueReceiver.opened",
        "await.announced"
      })
  void othersPassReceiverOnItsWay(String step) {
    boolean inList = IN_LIST.contains(step);
    Outcome<Received<Integer>> front = inList ? waitingReceiver(1) : g.call(() -> of(-1));
    Stop stop = stops.stop(step, () -> late.add(c.receiveOk()));
    if (inList) {
      assertTrue(c.trySend(-1));
    }
    assertEquals(new Received<>(-1, true), front.get());
    Outcome<Boolean> oneMore = // the stopped receiver may get a value of the traffic
        g.call(
            () -> {
              c.send(-2);
              return true;
            });
    Outcome<Set<Integer>> values = g.call(this::trafficThatMayLoseOne);
    Set<Integer> seen = values.get();
    stop.goOn();
    assertTrue(oneMore.get());
    g.await();
    seen.add(late.element().value());
    assertEquals(PAIRS * EACH + 1, seen.size());
  }

  private static Received<Integer> of(int value) {
    return new Received<>(value, true);
  }

  /** As traffic, but with one sender more: so no receiver is left over whoever gets a value. */
  private Set<Integer> trafficThatMayLoseOne() {
    Set<Integer> values = new HashSet<>();
    var received = new ConcurrentLinkedQueue<Integer>();
    List<Outcome<Void>> all = new ArrayList<>();
    for (int t = 0; t < PAIRS; t++) {
      int me = t;
      Thread unused =
          g.go(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  c.send(me * EACH + i);
                }
              });
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < EACH; i++) {
                  received.add(c.receive());
                }
                return null;
              }));
    }
    all.forEach(o -> assertNull(o.get()));
    values.addAll(received);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"enqueueSender.front", "enqueueSender.opened", "await.announced"})
  void othersPassSenderOnItsWay(String step) throws InterruptedException {
    if (IN_LIST.contains(step)) {
      Outcome<Boolean> front = waitingSender(-2, 1);
      Stop stop = stops.stop(step, () -> c.send(-1));
      assertEquals(-2, c.receive());
      assertTrue(front.get());
      passSender(stop);
    } else {
      passSender(stops.stop(step, () -> c.send(-1)));
    }
  }

  /** A place that is reserved, and not visible yet, keeps nobody behind it waiting. */
  @Test
  void othersPassReservedPlace() throws InterruptedException {
    Outcome<Boolean> front = waitingSender(-2, 1);
    Stop stop = stops.stop("reserve.reserved", () -> c.send(-1));
    assertEquals(-2, c.receive());
    assertTrue(front.get());
    assertEquals(PAIRS * EACH, traffic().size());
    stop.goOn();
    assertEquals(-1, c.receive());
  }

  private void passSender(Stop stop) throws InterruptedException {
    Outcome<Integer> oneMore = g.call(c::receive);
    Set<Integer> values = traffic(); // with the value of the stopped sender, or all but one
    values.add(oneMoreValue(oneMore, stop));
    assertEquals(PAIRS * EACH + 1, values.size());
    assertTrue(values.contains(-1));
  }

  private int oneMoreValue(Outcome<Integer> oneMore, Stop stop) {
    stop.goOn();
    return oneMore.get();
  }

  // ---- close

  /** A stopped closer: who comes later sees the close, and frees those that wait. */
  @Test
  void newcomersHelpStoppedCloser() {
    List<Outcome<Received<Integer>>> waiting = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      waiting.add(waitingReceiver(i));
    }
    Stop stop = stops.stop("close.closed", c::close);
    assertThrows(ChannelPanic.SendOnClosed.class, () -> c.trySend(1));
    waiting.forEach(o -> assertEquals(new Received<>(null, false), o.get()));
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    assertThrows(ChannelPanic.CloseOfClosed.class, c::close);
    stop.goOn();
    g.await();
  }

  /** A closer stopped with one waiter in its hand: only that one waits. */
  @Test
  void stoppedCloserHoldsUpOne() {
    List<Outcome<Boolean>> waiting = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      waiting.add(waitingSender(i, i));
    }
    Stop stop = stops.stop("close.won", c::close);
    assertEquals(new TryReceived<>(true, false, null), c.tryReceive());
    for (Outcome<Boolean> o : waiting.subList(1, 20)) {
      ChannelPanic.SendOnClosed unused = o.thrown(ChannelPanic.SendOnClosed.class);
    }
    assertFalse(waiting.get(0).hasEnded());
    stop.goOn();
    ChannelPanic.SendOnClosed unused = waiting.get(0).thrown(ChannelPanic.SendOnClosed.class);
    g.await();
  }

  /** A receiver that is enqueueing finds out by itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "enqueueReceiver.front",
        "reserve.reserved",
        "enqueueReceiver.opened",
        "await.announced"
      })
  void closeWhileReceiverIsOnItsWay(String step) {
    boolean inList = IN_LIST.contains(step);
    Outcome<Received<Integer>> front =
        inList ? waitingReceiver(1) : g.call(() -> new Received<>(null, false));
    Stop stop = stops.stop(step, () -> late.add(c.receiveOk()));
    c.close();
    assertEquals(new Received<>(null, false), front.get());
    stop.goOn();
    g.await();
    assertEquals(new Received<>(null, false), late.element());
  }

  /** After a close nobody overtakes the receiver that was first: both see it, the sender panics. */
  @Test
  void closeSparesNoLaterReceiver() {
    Outcome<Received<Integer>> first = waitingReceiver(1);
    Outcome<Received<Integer>> second = waitingReceiver(2);
    Stop closer = stops.stop("close.won", c::close);
    assertThrows(ChannelPanic.SendOnClosed.class, () -> c.trySend(1));
    closer.goOn();
    assertEquals(new Received<>(null, false), first.get());
    assertEquals(new Received<>(null, false), second.get());
  }

  /**
   * A sender that saw a receiver wait before the close, but had not won it, cannot pass the first.
   */
  @Test
  void sendThatStartedBeforeCloseKeepsOrder() {
    Outcome<Received<Integer>> first = waitingReceiver(1);
    Outcome<Received<Integer>> second = waitingReceiver(2);
    Outcome<Received<Integer>> third = waitingReceiver(3);
    Outcome<Boolean> sent;
    Stop sender = stops.stop("handOver.won", () -> c.send(1));
    Stop closer = stops.stop("close.won", c::close);
    sent = g.call(() -> c.trySend(2));
    ChannelPanic.SendOnClosed unused = sent.thrown(ChannelPanic.SendOnClosed.class);
    sender.goOn();
    closer.goOn();
    first.get(); // value or closed: the sender was on its way when the channel was closed
    assertEquals(new Received<>(null, false), second.get());
    assertEquals(new Received<>(null, false), third.get());
  }
}
