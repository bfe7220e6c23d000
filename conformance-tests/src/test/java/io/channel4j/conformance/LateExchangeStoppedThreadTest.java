package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Exchanges that a close comes between: those who wait in line are served up to one of them and
 * told of the close from the next on, wherever the thread that serves one of them is stopped. In Go
 * the channel's lock sees to that.
 */
@Tag("seam")
class LateExchangeStoppedThreadTest extends StoppedThreads {
  private final List<Outcome<Boolean>> waiting = new ArrayList<>();
  private final ConcurrentHashMap<String, Boolean> exchanged = new ConcurrentHashMap<>();

  /** What those in line wait for; their peers do the other. */
  enum Line {
    RECEIVE("handOver"),
    SEND("receive");

    final String peer;

    Line(String peer) {
      this.peer = peer;
    }

    /** True if a value was exchanged, false if closed. */
    boolean exchange(Channel<Integer> c, Operators operators) throws InterruptedException {
      return this == RECEIVE ? operators.on(c).receiveOk().ok() : send(c, operators);
    }

    boolean exchangeByPeer(Channel<Integer> c, Operators operators) throws InterruptedException {
      return this == RECEIVE ? send(c, operators) : operators.on(c).receiveOk().ok();
    }

    private static boolean send(Channel<Integer> c, Operators operators)
        throws InterruptedException {
      try {
        operators.on(c).send(1);
        return true;
      } catch (ChannelPanic.SendOnClosed e) {
        return false;
      }
    }
  }

  /** Receivers wait at any capacity in the same way, senders in the same way at capacity 0 only. */
  static Stream<Arguments> lines() {
    return Arrays.stream(Operators.values())
        .flatMap(
            o ->
                Stream.of(
                    Arguments.of(Line.RECEIVE, 0, o),
                    Arguments.of(Line.RECEIVE, 3, o),
                    Arguments.of(Line.SEND, 0, o)));
  }

  private Channel<Integer> line(Line line, int capacity, Operators operators, int length) {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < length; i++) {
      waiting.add(g.call(() -> line.exchange(c, operators)));
      boolean receives = line == Line.RECEIVE;
      g.awaitBlocked(c, receives ? i + 1 : 0, receives ? 0 : i + 1);
    }
    return c;
  }

  private Stop stopPeer(String name, String step, Line line, Channel<Integer> c, Operators o) {
    return stops.stop(line.peer + step, () -> exchanged.put(name, line.exchangeByPeer(c, o)));
  }

  private boolean hasExchanged(String name) {
    g.until(name + " to end", () -> exchanged.containsKey(name));
    return Objects.requireNonNull(exchanged.get(name));
  }

  /**
   * The peer saw somebody wait before the close. When it comes to serve him, the close has told the
   * first in line already, so that nobody behind may be served.
   */
  @ParameterizedTest
  @MethodSource("lines")
  void nobodyIsServedBehindOneWhoWasToldOfTheClose(Line line, int capacity, Operators operators)
      throws InterruptedException {
    Channel<Integer> c = line(line, capacity, operators, 3);
    Stop peer = stopPeer("late", ".looking", line, c, operators);
    Stop closer = stops.stop("close.won", c::close);
    peer.goOn();
    assertFalse(hasExchanged("late"));
    closer.goOn();
    for (Outcome<Boolean> w : waiting) {
      assertFalse(w.get());
    }
  }

  /** The same, where the close passes the one that the late peer has won. */
  @ParameterizedTest
  @MethodSource("lines")
  void whoIsWonAndPassedAfterOneWasToldIsNotServed(Line line, int capacity, Operators operators)
      throws InterruptedException {
    Channel<Integer> c = lineAfter(line, capacity, operators, 1, 3);
    Stop peer = stopPeer("late", ".looking", line, c, operators);
    Stop closer = stops.stop("close.won", c::close);
    peer = stops.then(peer, line.peer + ".won");
    closer.goOn();
    assertFalse(waiting.get(1).get());
    assertFalse(waiting.get(3).get());
    peer.goOn();
    assertFalse(hasExchanged("late"));
    assertFalse(waiting.get(2).get());
  }

  /** The same, where the close has told all. */
  @ParameterizedTest
  @MethodSource("lines")
  void nobodyIsServedAfterTheClose(Line line, int capacity, Operators operators)
      throws InterruptedException {
    Channel<Integer> c = line(line, capacity, operators, 3);
    Stop peer = stopPeer("late", ".looking", line, c, operators);
    c.close();
    peer.goOn();
    assertFalse(hasExchanged("late"));
    for (Outcome<Boolean> w : waiting) {
      assertFalse(w.get());
    }
  }

  /**
   * A slow peer has won the first, or the second in line when the close comes. The one behind has
   * been served: so is the one that was won.
   */
  @ParameterizedTest
  @MethodSource("lines")
  void whoWasWonIsServedLikeThoseBehind(Line line, int capacity, Operators operators)
      throws InterruptedException {
    for (int served = 0; served < 2; served++) {
      Channel<Integer> c = lineAfter(line, capacity, operators, served, 5 - served);
      Stop slow = stopPeer("slow", ".won", line, c, operators);
      Stop next = stopPeer("next", ".won", line, c, operators);
      assertTrue(line.exchangeByPeer(c, operators));
      assertTrue(waiting.get(served + 2).get());
      c.close();
      next.goOn();
      assertTrue(hasExchanged("next"));
      assertTrue(waiting.get(served + 1).get());
      slow.goOn();
      assertTrue(hasExchanged("slow"));
      assertTrue(waiting.get(served).get());
      for (int i = served + 3; i < 5; i++) {
        assertFalse(waiting.get(i).get());
      }
    }
  }

  /** As there; but nobody behind has been served. */
  @ParameterizedTest
  @MethodSource("lines")
  void whoWasWonBeforeTheCloseIsServed(Line line, int capacity, Operators operators)
      throws InterruptedException {
    for (int served = 0; served < 2; served++) {
      Channel<Integer> c = lineAfter(line, capacity, operators, served, 3);
      Stop slow = stopPeer("slow", ".won", line, c, operators);
      c.close();
      assertFalse(waiting.get(served + 1).get());
      assertFalse(waiting.get(served + 2).get());
      assertFalse(waiting.get(served).hasEnded());
      slow.goOn();
      assertTrue(hasExchanged("slow"));
      assertTrue(waiting.get(served).get());
    }
  }

  /**
   * Two peers that saw the line before the close come while the close has marked those who were
   * won, nobody, and has told nobody. The first is slow, the second serves the one behind.
   */
  @ParameterizedTest
  @MethodSource("lines")
  void whoIsPassedIsServed(Line line, int capacity, Operators operators)
      throws InterruptedException {
    Channel<Integer> c = lineAfter(line, capacity, operators, 1, 3);
    Stop slow = stopPeer("slow", ".looking", line, c, operators);
    Stop next = stopPeer("next", ".looking", line, c, operators);
    Stop closer = stops.stop("close.marked", c::close);
    slow = stops.then(slow, line.peer + ".won");
    next.goOn();
    assertTrue(hasExchanged("next"));
    assertTrue(waiting.get(2).get());
    closer.goOn();
    assertFalse(waiting.get(3).get());
    slow.goOn();
    assertTrue(hasExchanged("slow"));
    assertTrue(waiting.get(1).get());
  }

  /**
   * As whoWasWonBeforeTheCloseIsServed, in the second ring: in the first there is a place that is
   * not visible yet.
   */
  @ParameterizedTest
  @MethodSource("lines")
  void whoWasWonFarBehindIsServed(Line line, int capacity, Operators operators)
      throws InterruptedException {
    Channel<Integer> c = line(line, capacity, operators, 2);
    Stop pending = stops.stop("reserve.reserved", () -> line.exchange(c, operators));
    for (int i = 2; i < 6; i++) {
      Outcome<Boolean> next = g.call(() -> line.exchange(c, operators));
      waiting.add(next);
      g.awaitParked(next.thread()); // so it has enqueued, and keeps its place
    }
    serve(line, c, operators, 4);
    Stop slow = stopPeer("slow", ".won", line, c, operators);
    c.close();
    assertFalse(waiting.get(5).get());
    slow.goOn();
    assertTrue(hasExchanged("slow"));
    assertTrue(waiting.get(4).get());
    pending.goOn();
  }

  /** A line after the first have been served, so that nobody is in front. */
  private Channel<Integer> lineAfter(
      Line line, int capacity, Operators operators, int served, int length)
      throws InterruptedException {
    waiting.clear();
    exchanged.clear();
    Channel<Integer> c = line(line, capacity, operators, served + length);
    serve(line, c, operators, served);
    return c;
  }

  private void serve(Line line, Channel<Integer> c, Operators operators, int first)
      throws InterruptedException {
    for (int i = 0; i < first; i++) {
      assertTrue(line.exchangeByPeer(c, operators));
      assertTrue(waiting.get(i).get());
    }
  }

  /**
   * A select waits on two channels. One of them has won it, and is slow; who comes to the other
   * finds it taken. So it is served, although the first channel is closed before.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoWasFoundTakenIsServed(boolean loop) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    Channel<Integer> d = Channel.make();
    waiting.add(g.call(() -> receiveFromEither(c, d, loop)));
    g.awaitBlocked(c, 1, 0);
    g.awaitBlocked(d, 1, 0);
    Stop slow = stopPeer("slow", ".won", Line.RECEIVE, c, Operators.DIRECT);
    assertFalse(d.trySend(1));
    c.close();
    slow.goOn();
    assertTrue(hasExchanged("slow"));
    assertTrue(waiting.get(0).get());
  }

  private static boolean receiveFromEither(Channel<Integer> c, Channel<Integer> d, boolean loop)
      throws InterruptedException {
    if (!loop) {
      return Select.<Boolean>of().receive(c, (v, ok) -> ok).receive(d, (v, ok) -> ok).await();
    }
    var both = Select.loop();
    var fromC = both.receive(c);
    var fromD = both.receive(d);
    return both.await() == fromC ? fromC.ok() : fromD.ok();
  }
}
