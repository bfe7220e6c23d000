package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.internal.WaitReason;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thread that is stopped while it lines up, or while it looks along the line, neither loses nor
 * overtakes anybody when it goes on. With seams a line's first ring has two places.
 */
@Tag("seam")
class WaiterListStoppedThreadTest extends StoppedThreads {
  private static final Duration SHORT = Duration.ofMillis(1);

  private final Queue<Integer> received = new ConcurrentLinkedQueue<>();
  private final Queue<Boolean> sent = new ConcurrentLinkedQueue<>();

  /** The next receivers line up behind a receiver that has gone, so not in front. */
  private static void leaveFlagBehind(Channel<Integer> c) throws InterruptedException {
    assertFalse(c.tryReceive(SHORT).isReady());
  }

  private void awaitSent(Stop sender) {
    sender.goOn();
    g.until("the stopped sender to end", () -> !sent.isEmpty());
  }

  /** Who found nobody waiting takes the flag away only if nobody has enqueued since. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void stoppedClearSparesNewcomer(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    leaveFlagBehind(c);
    Stop sender = stops.stop("handOver.nobody", () -> sent.add(c.trySend(1)));
    Outcome<Integer> newcomer = g.call(c::receive);
    g.awaitParked(newcomer.thread()); // so it has enqueued
    awaitSent(sender);
    assertTrue(sent.element());
    assertEquals(1, newcomer.get());
  }

  /** Who passed a place that was not visible yet, and finds a waiter behind it, looks again. */
  @Test
  void stoppedScanServesInOrder() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    leaveFlagBehind(c);
    Stop first = stops.stop("reserve.reserved", () -> received.add(c.receive()));
    Stop second = stops.stop("reserve.reserved", () -> received.add(c.receive()));
    Stop sender = stops.stop("find.pending", () -> sent.add(c.trySend(1)));
    first.goOn();
    g.awaitBlocked(c, 1, 0);
    second.goOn();
    g.awaitBlocked(c, 2, 0);
    awaitSent(sender);
    g.until("a receiver to end", () -> !received.isEmpty());
    g.until("the first to end", () -> hasEnded(first));
    c.send(2);
    g.await();
  }

  /** And not any more at its stop. */
  private static boolean waitsForPeer(Stop stop) {
    Thread t = stop.thread();
    return t != null && LockSupport.getBlocker(t) == WaitReason.CHAN_RECEIVE;
  }

  private static boolean hasEnded(Stop stop) {
    Thread t = stop.thread();
    return t != null && t.getState() == Thread.State.TERMINATED;
  }

  /** As above, where the one that came later is in the next ring. */
  @Test
  void stoppedScanServesInOrderOfRings() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    leaveFlagBehind(c);
    Stop first = stops.stop("reserve.reserved", () -> received.add(c.receive()));
    leaveFlagBehind(c); // in the second place, and away
    Stop sender = stops.stop("find.pending", () -> sent.add(c.trySend(1)));
    first.goOn();
    g.awaitBlocked(c, 1, 0);
    Outcome<Integer> second = g.call(c::receive);
    g.awaitBlocked(c, 2, 0);
    awaitSent(sender);
    g.until("the first to end", () -> hasEnded(first));
    c.send(2);
    assertEquals(2, second.get());
    assertEquals(1, received.element());
  }

  /** A thread that was stopped before it took a place does not get one that scans have passed. */
  @Test
  void stoppedNewcomerGetsNoPlaceBehindTheHead() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    leaveFlagBehind(c);
    Outcome<Integer> served = g.call(c::receive); // in the first place
    g.awaitBlocked(c, 1, 0);
    Stop server = stops.stop("handOver.won", () -> c.send(1));
    leaveFlagBehind(c); // in the second place, and away
    Stop newcomer = stops.stop("reserve.looking", () -> received.add(c.receive()));
    // The first place is in use still, so this one passes it over.
    Outcome<Integer> other = g.call(c::receive);
    g.awaitBlocked(c, 1, 0);
    c.send(2);
    assertEquals(2, other.get());
    server.goOn();
    assertEquals(1, served.get()); // so the first place is free
    newcomer.goOn();
    g.until("the newcomer to wait", () -> waitsForPeer(newcomer));
    assertTrue(c.trySend(3), "a receiver waits and cannot be seen");
    g.await();
    assertEquals(3, received.element());
  }

  /** A thread that helps the tail over a place that others have passed does not move it back. */
  @Test
  void stoppedNewcomerLeavesTheTailWhereItIs() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    leaveFlagBehind(c);
    Stop newcomer = stops.stop("reserve.looking", () -> received.add(c.receive()));
    Outcome<Integer> first = g.call(c::receive);
    g.awaitParked(first.thread());
    Outcome<Integer> second = g.call(c::receive); // in the last place of this ring
    g.awaitParked(second.thread());
    newcomer = stops.then(newcomer, "reserve.looking");
    assertTrue(c.trySend(1));
    assertTrue(c.trySend(2), "a receiver waits and cannot be seen");
    assertEquals(1, first.get());
    assertEquals(2, second.get());
    newcomer.goOn();
    c.send(3);
    g.await();
    assertEquals(3, received.element());
  }
}
