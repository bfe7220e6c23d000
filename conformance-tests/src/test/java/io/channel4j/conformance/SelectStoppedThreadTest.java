package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A select that is stopped anywhere holds up nobody but the peer that it has won. */
@Tag("seam")
class SelectStoppedThreadTest extends StoppedThreads {
  private static final int OPS = 300;

  private final Channel<String> c = Channel.make();
  private final Channel<String> d = Channel.make();
  private final ConcurrentLinkedQueue<String> late = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void order() {
    // enqueue in the order of these numbers
    assertTrue(((ChannelBase<?>) c).order() < ((ChannelBase<?>) d).order());
  }

  private void selectBoth() throws InterruptedException {
    late.add(
        Select.<String>of()
            .receive(c, (v, ok) -> "c " + v + " " + ok)
            .receive(d, (v, ok) -> "d " + v + " " + ok)
            .await());
  }

  private void loopBoth() throws InterruptedException {
    var loop = Select.loop();
    var fromC = loop.receive(c);
    var fromD = loop.receive(d);
    var chosen = loop.await();
    late.add(
        chosen == fromC
            ? "c " + fromC.value() + " " + fromC.ok()
            : "d " + fromD.value() + " " + fromD.ok());
  }

  private void select(boolean loop) throws InterruptedException {
    if (loop) {
      loopBoth();
    } else {
      selectBoth();
    }
  }

  private boolean isSent(String value) throws InterruptedException {
    try {
      c.send(value);
      return true;
    } catch (ChannelPanic.SendOnClosed e) {
      return false;
    }
  }

  private Outcome<Received<String>> waitingReceiver(Channel<String> channel, int position) {
    Outcome<Received<String>> r = g.call(channel::receiveOk);
    g.awaitBlocked(channel, position, 0);
    return r;
  }

  /** Exchanges on one channel, two threads against two. */
  private void traffic(Channel<String> channel) {
    List<Outcome<Void>> all = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < OPS; i++) {
                  channel.send("traffic");
                }
                return null;
              }));
      all.add(
          g.call(
              () -> {
                for (int i = 0; i < OPS; i++) {
                  assertEquals("traffic", channel.receive());
                }
                return null;
              }));
    }
    all.forEach(o -> assertNull(o.get()));
  }

  /**
   * A peer wins the waiter of a select that is still enqueueing and then finds that it need not
   * wait on that channel. It has to take what the peer gives.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void wonWhileEnqueueing(boolean loop) {
    Outcome<Received<String>> front = waitingReceiver(c, 1);
    Stop select = stops.stop("enqueueReceiver.opened", () -> select(loop));
    assertTrue(c.trySend("first"));
    assertEquals(new Received<>("first", true), front.get());
    Outcome<Received<String>> other = waitingReceiver(c, 2); // behind the select's place
    var sent = new ConcurrentLinkedQueue<Boolean>();
    Stop sender = stops.stop("handOver.won", () -> sent.add(isSent("second")));
    c.close();
    assertEquals(new Received<>(null, false), other.get());
    select.goOn();
    Thread selecting = select.thread();
    if (selecting != null) {
      g.awaitParked(selecting);
    }
    sender.goOn();
    g.await();
    assertEquals(sent.element() ? "c second true" : "c null false", late.element());
    g.awaitBlocked(c, 0, 0);
    g.awaitBlocked(d, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void closedWhileEnqueueing(boolean loop) {
    Outcome<Received<String>> front = waitingReceiver(c, 1);
    Stop select = stops.stop("enqueueReceiver.opened", () -> select(loop));
    Outcome<Received<String>> other = waitingReceiver(c, 3);
    Stop closer = stops.stop("close.won", c::close);
    assertFalse(front.hasEnded());
    select.goOn();
    closer.goOn();
    g.await();
    assertEquals("c null false", late.element());
    assertEquals(new Received<>(null, false), front.get());
    assertEquals(new Received<>(null, false), other.get());
  }

  /** Visible on both channels and not parked: peers of either take it, once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stoppedWhenEnqueued(boolean loop) {
    Stop select = stops.stop("select.enqueued", () -> select(loop));
    assertTrue(d.trySend("x"));
    assertFalse(c.trySend("y"), "a select is served once");
    assertFalse(d.trySend("y"), "a select is served once");
    traffic(c);
    traffic(d);
    assertTrue(late.isEmpty());
    select.goOn();
    g.await();
    assertEquals("d x true", late.element());
  }

  /** A select that has given up its claim to poll again is invisible; others pass its places. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void stoppedWhenAbandoned(boolean loop) {
    Outcome<Received<String>> front = waitingReceiver(c, 1);
    Stop appended = stops.stop("enqueueReceiver.opened", () -> select(loop));
    assertTrue(c.trySend("first"));
    assertEquals(new Received<>("first", true), front.get());
    Outcome<Boolean> sender = waitingSender(d, "second");
    Stop abandoned = stops.then(appended, "select.abandoned");
    assertFalse(c.trySend("third"));
    assertEquals(new TryReceived<>(true, true, "second"), d.tryReceive());
    assertTrue(sender.get());
    traffic(c);
    traffic(d);
    Outcome<Boolean> again = waitingSender(d, "fourth");
    abandoned.goOn();
    assertTrue(again.get());
    g.await();
    assertEquals("d fourth true", late.element());
    g.awaitBlocked(c, 0, 0);
  }

  private Outcome<Boolean> waitingSender(Channel<String> channel, String value) {
    Outcome<Boolean> s =
        g.call(
            () -> {
              channel.send(value);
              return true;
            });
    g.awaitBlocked(channel, 0, 1);
    return s;
  }

  /** The peer of a select is stopped in the hand-over: the select's other channel goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void peerStopped(boolean loop) {
    Thread unused = g.go(() -> select(loop));
    g.awaitBlocked(c, 1, 0);
    g.awaitBlocked(d, 1, 0);
    Stop sender = stops.stop("handOver.won", () -> c.send("x"));
    assertFalse(d.trySend("y"), "a select is served once");
    traffic(d);
    traffic(c);
    assertTrue(late.isEmpty());
    sender.goOn();
    g.await();
    assertEquals("c x true", late.element());
  }

  /**
   * A peer that has found a select waiting, and is stopped before it wins it, cannot win a later
   * round by mistake of a case that no longer takes part.
   */
  @Test
  void disabledCaseIsNotWonLater() throws InterruptedException {
    var loop = Select.loop();
    var fromC = loop.receive(c);
    var fromD = loop.receive(d);
    Outcome<Boolean> first = g.call(() -> loop.await() == fromD && "x".equals(fromD.value()));
    g.awaitBlocked(c, 1, 0);
    assertTrue(d.trySend("x"));
    assertTrue(first.get());
    fromC.disable();
    Outcome<Boolean> second = g.call(() -> loop.await() == fromD && "z".equals(fromD.value()));
    g.awaitBlocked(d, 1, 0);
    assertFalse(c.trySend("y"));
    g.awaitBlocked(c, 0, 0);
    assertTrue(d.trySend("z"));
    assertTrue(second.get());
  }
}
