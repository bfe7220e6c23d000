package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loop select neither polls nor arms a place that it kept, unless it was told that a peer has
 * passed it. Threads are stopped on both sides of that.
 */
@Tag("seam")
class SelectPlaceStoppedThreadTest extends StoppedThreads {
  private final Channel<String> d = Channel.make();
  private final ConcurrentLinkedQueue<String> late = new ConcurrentLinkedQueue<>();

  /** Has waited on both channels and was served by d; then on both again. */
  private Stop loop(Channel<String> c) {
    return stops.stop(
        "select.enqueued",
        () -> {
          var loop = Select.loop();
          var fromC = loop.receive(c);
          var fromD = loop.receive(d);
          assertEquals(fromD, loop.await());
          assertEquals(fromC, loop.await());
          late.add(fromC.value());
        });
  }

  private Stop loopThatIsAboutToWait(Channel<String> c) {
    Stop first = loop(c);
    assertTrue(d.trySend("first"));
    return stops.then(first, "select.polled");
  }

  private void goOnAndPark(Stop select) {
    select.goOn();
    g.awaitBlocked(d, 1, 0);
    g.awaitParked(Objects.requireNonNull(select.thread()));
  }

  /** A send passes the loop, which is stopped, and is what it finds when it goes on. */
  private void isServedAfterSend(Channel<String> c, Stop select) {
    Outcome<Boolean> sender =
        g.call(
            () -> {
              c.send("x");
              return true;
            });
    if (c.cap() == 0) {
      g.awaitBlocked(c, 0, 1);
    } else {
      assertTrue(sender.get());
    }
    select.goOn();
    g.await();
    assertEquals(List.of("x"), List.copyOf(late));
    assertTrue(sender.get());
  }

  /** The loop waits again, and only then does the stopped sender go on. */
  private void parksAndIsServed(Stop select, Stop sender) {
    goOnAndPark(select);
    sender.goOn();
    g.await();
    assertEquals(List.of("x"), List.copyOf(late));
  }

  /** The place is buried after the loop has asked the first time, and before it waits. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void loopAsksAgainBeforeItWaits(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select = loopThatIsAboutToWait(c);
    isServedAfterSend(c, select);
  }

  /** The place is buried after the loop has asked again, and before peers may win it. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void loopThatWasToldWhileItOpensBeginsAgain(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select = stops.then(loopThatIsAboutToWait(c), "select.opening");
    isServedAfterSend(c, select);
  }

  /** A peer has seen that the loop does not wait, and is stopped until it does. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void peerLooksAgainBeforeItBuries(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select = loopThatIsAboutToWait(c);
    Stop sender = stops.stop("find.dormant", () -> c.send("x"));
    parksAndIsServed(select, sender);
  }

  /** A peer has told the loop, and is stopped until the loop waits again. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void latePeerDoesNotBuryWhoWaitsAgain(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select = loopThatIsAboutToWait(c);
    Stop sender = stops.stop("find.touched", () -> c.send("x"));
    parksAndIsServed(select, sender);
  }

  /** The same, where the peer came when the loop had been served and had not noticed yet. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void peerOfTheRoundBeforeDoesNotBuryWhoWaitsAgain(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select = loop(c);
    assertTrue(d.trySend("first"));
    Stop sender = stops.stop("find.touched", () -> c.send("x"));
    parksAndIsServed(select, sender);
  }

  /**
   * A case that got ready before it had enqueued has no place that could be taken for a good one.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void caseThatEnqueuesTooLateDoesNotStand(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select =
        stops.stop(
            "select.polled",
            () -> {
              var loop = Select.loop();
              var fromC = loop.receive(c);
              var fromD = loop.receive(d);
              assertEquals(fromC, loop.await());
              late.add(fromC.value());
              fromD.disable(); // so that the loop looks afresh at which cases there are
              assertEquals(fromC, loop.await());
              late.add(fromC.value());
            });
    assertTrue(c.trySend("x"));
    select.goOn();
    g.until("the loop to be served", () -> !late.isEmpty());
    assertTrue(c.trySend("y"));
    g.await();
    assertEquals(List.of("x", "y"), List.copyOf(late));
  }

  // ---- a send into a buffer

  /** How a loop looks at its cases. */
  enum Form {
    AWAIT,
    POLL,
    TIMED_POLL;

    @Nullable SelectCase run(SelectLoop loop) throws InterruptedException {
      return switch (this) {
        case AWAIT -> loop.await();
        case POLL -> loop.poll();
        case TIMED_POLL -> loop.poll(Duration.ofMillis(1));
      };
    }
  }

  private final Channel<Integer> again = Channel.make();
  private final AtomicBoolean looks = new AtomicBoolean();

  /**
   * Waits to send 100 into the full buffer, is served by d, and looks once more when it is told to.
   * Whether it has sent then.
   */
  private Outcome<Boolean> sendingLoop(Channel<Integer> c, Form form) {
    return g.call(
        () -> {
          var loop = Select.loop();
          var toC = loop.send(c, 100);
          var fromD = loop.receive(d);
          assertEquals(fromD, loop.await());
          assertEquals(1, again.receive());
          looks.set(true);
          return form.run(loop) == toC;
        });
  }

  private void serveByD() {
    assertTrue(d.trySend("first"));
    g.awaitBlocked(again, 1, 0);
  }

  /**
   * A receiver has seen the loop wait, and has a slot for it in its hand. The loop is served
   * elsewhere, and the channel is closed. A send that begins after that is a panic.
   */
  @ParameterizedTest
  @EnumSource
  void sendThatBeginsAfterTheCloseIsNotServedFromSomebodysHand(Form form)
      throws InterruptedException {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sent = sendingLoop(c, form);
    g.awaitBlocked(c, 0, 1);
    var received = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("admit.inHand", () -> received.add(c.receive()));
    serveByD();
    c.close();
    assertTrue(again.trySend(1));
    g.until("the loop to end or to park", () -> sent.hasEnded() || looksAndIsParked(sent));
    receiver.goOn();
    ChannelPanic.SendOnClosed unused = sent.thrown(ChannelPanic.SendOnClosed.class);
    g.await();
    assertEquals(List.of(-1), List.copyOf(received));
    assertFalse(c.receiveOk().ok());
  }

  /**
   * A receiver that had to let in a sender ahead of the loop has a slot in its hand; another one
   * has let that sender in. So there is room.
   */
  @Test
  void defaultIsNotTakenBesideSlotInSomebodysHand() throws InterruptedException {
    Channel<Integer> c = full(2);
    Outcome<Boolean> ahead =
        g.call(
            () -> {
              var one = Select.loop();
              return one.send(c, 50) == one.await();
            });
    g.awaitBlocked(c, 0, 1);
    Outcome<Boolean> sent = sendingLoop(c, Form.POLL);
    g.awaitBlocked(c, 0, 2);
    serveByD();
    var received = new ConcurrentLinkedQueue<Integer>();
    Stop receiver = stops.stop("admit.inHand", () -> received.add(c.receive()));
    assertEquals(-2, c.receive());
    assertTrue(ahead.get());
    assertTrue(again.trySend(1));
    g.until("the loop to end or to pause", () -> sent.hasEnded() || looksAndIsParked(sent));
    receiver.goOn();
    assertTrue(sent.get());
    g.await();
    assertEquals(List.of(-1), List.copyOf(received));
    assertEquals(50, c.receive());
    assertEquals(100, c.receive());
  }

  private boolean looksAndIsParked(Outcome<?> goroutine) {
    if (!looks.get()) {
      return false;
    }
    Thread.State state = goroutine.thread().getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  // ---- a default

  /** Has waited to send to e, where it leaves its place. */
  private void leavePlace(Channel<String> e) {
    Outcome<Boolean> served =
        g.call(
            () -> {
              var loop = Select.loop();
              SelectCase unused = loop.send(e, "never");
              return loop.receive(d) == loop.await();
            });
    g.awaitBlocked(d, 1, 0);
    assertTrue(d.trySend("first"));
    assertTrue(served.get());
  }

  /**
   * A loop is stopped when it has begun to poll. A case that stands gets ready, and then another
   * one, which is ready, loses its value to somebody else. So at no time was none ready.
   */
  @Test
  void defaultIsNotTakenAfterTheLoopWasTold() throws InterruptedException {
    Channel<String> e = Channel.make();
    Channel<String> x = Channel.make(1);
    Channel<String> c = Channel.make(1);
    Outcome<Boolean> prepared =
        g.call(
            () -> {
              g.awaitBlocked(e, 1, 0);
              g.awaitBlocked(x, 1, 0);
              g.awaitBlocked(c, 1, 0);
              assertTrue(e.trySend("served by e"));
              g.awaitBlocked(again, 1, 0);
              leavePlace(e);
              assertTrue(x.trySend("for somebody else"));
              return again.trySend(1);
            });
    Stop select =
        stops.stop(
            "find.dormant",
            () -> {
              var loop = Select.loop().biased();
              var fromE = loop.receive(e);
              var fromX = loop.receive(x);
              var fromC = loop.receive(c);
              assertEquals(fromE, loop.await());
              assertEquals(1, again.receive());
              var chosen = loop.poll();
              late.add(chosen == fromC ? fromC.value() : "not x, " + (chosen != fromX));
            });
    assertTrue(prepared.get());
    assertTrue(c.trySend("x"));
    assertEquals("for somebody else", x.receive());
    select.goOn();
    g.await();
    assertEquals(List.of("x"), List.copyOf(late));
  }

  // ---- a close

  /**
   * Who is told that a channel is closed already knows that it is closed, even if the one that
   * closed it has been stopped since.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void loopOfOneThatWasToldClosedAlreadySeesTheClose(int capacity) {
    Channel<String> c = Channel.make(capacity);
    Stop select =
        stops.stop(
            "select.enqueued",
            () -> {
              var loop = Select.loop();
              var fromC = loop.receive(c);
              var fromD = loop.receive(d);
              assertEquals(fromD, loop.await());
              assertEquals(1, again.receive());
              assertThrowsExactly(ChannelPanic.CloseOfClosed.class, c::close);
              assertEquals(fromC, loop.poll());
              late.add("closed " + !fromC.ok());
            });
    select.goOn();
    serveByD();
    Stop closer = stops.stop("close.closed", c::close);
    assertTrue(again.trySend(1));
    g.until("the loop to end", () -> !late.isEmpty());
    assertEquals(List.of("closed true"), List.copyOf(late));
    closer.goOn();
    g.await();
  }

  /**
   * Two peers pass the place; the first one is stopped before it buries. The other buries, and goes
   * on.
   */
  @ParameterizedTest
  @ValueSource(strings = {"find.dormant", "find.touched"})
  void stoppedPeerHoldsUpNobody(String step) {
    Channel<String> c = Channel.make(1);
    Stop select = loopThatIsAboutToWait(c);
    Stop stopped = stops.stop(step, () -> c.trySend("y"));
    assertTrue(c.trySend("x"));
    select.goOn();
    g.until("the loop to be served", () -> !late.isEmpty());
    assertEquals(List.of("x"), List.copyOf(late));
    stopped.goOn();
    g.await();
  }
}
