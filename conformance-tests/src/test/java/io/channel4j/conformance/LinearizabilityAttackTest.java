package io.channel4j.conformance;

import static io.channel4j.conformance.History.CLOSED;
import static io.channel4j.conformance.History.INTERRUPTED;
import static io.channel4j.conformance.History.NOT_READY;
import static io.channel4j.conformance.History.PANIC;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.conformance.History.Case;
import io.channel4j.conformance.History.Mode;
import io.channel4j.conformance.History.Op;
import io.channel4j.internal.Seam;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever a few threads do to a few channels, by operations of all kinds, could have happened in
 * Go: thousands of small random programs, each checked against a specification run by one thread.
 *
 * <p>The system properties {@code channel4j.attack.seed} and {@code channel4j.attack.seconds}
 * repeat a run and lengthen it.
 */
class LinearizabilityAttackTest {
  private static final long SEED = Long.getLong("channel4j.attack.seed", System.nanoTime());
  private static final long SECONDS = Long.getLong("channel4j.attack.seconds", 10);

  private static final int AT_ONCE = 16;

  // ---- the programs

  @Test
  void undisturbed() throws InterruptedException {
    attack(true);
  }

  /** At any step a thread may be held up, but not where that makes others overtake a sender. */
  @Test
  @Tag("seam")
  void jitter() throws InterruptedException {
    Seam.hook(
        step -> {
          if (!step.equals("admit.won")) {
            pause();
          }
        });
    try {
      attack(true);
    } finally {
      Seam.hook(null);
    }
  }

  /** At any step a thread may be held up; see BufferedChannel, Order. */
  @Test
  @Tag("seam")
  void jitterWhereSendersOvertake() throws InterruptedException {
    Seam.hook(step -> pause());
    try {
      attack(false);
    } finally {
      Seam.hook(null);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // others shall come in between
  private static void pause() {
    int r = ThreadLocalRandom.current().nextInt(256);
    if (r < 4) {
      LockSupport.parkNanos(30_000);
    } else if (r < 24) {
      Thread.yield();
    } else if (r < 100) {
      for (int i = r * 3; i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }

  private static void attack(boolean sendersInOrder) throws InterruptedException {
    var random = new SplittableRandom(SEED);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    List<Program> running = new ArrayList<>();
    int n = 0;
    try {
      for (; System.nanoTime() - end < 0; LockSupport.parkNanos(1_000)) {
        while (running.size() < AT_ONCE) {
          Program p = new Program(random.split());
          running.add(p);
          p.start();
        }
        for (Iterator<Program> all = running.iterator(); all.hasNext(); ) {
          Program p = all.next();
          if (p.isAtRest()) {
            History h = p.end(sendersInOrder);
            assertTrue(h.explain(), () -> "Go cannot do this:\n" + h);
            all.remove();
            n++;
          }
        }
      }
    } catch (AssertionError e) {
      running.forEach(p -> e.addSuppressed(new AssertionError("at once with\n" + p)));
      e.addSuppressed(new AssertionError("seed " + SEED + ", after " + n + " programs"));
      throw e;
    }
    assertTrue(n > 0, "no program came to rest");
  }

  // ---- the checker itself

  private static Op send(int channel, int value) {
    return new Op("plain", Mode.WAITS, List.of(new Case(channel, true, value))).chose(0, 0);
  }

  private static Op receive(int channel, int got) {
    return new Op("plain", Mode.WAITS, List.of(new Case(channel, false, 0))).chose(0, got);
  }

  private static Op trySend(int channel, int value, int result) {
    return new Op("plain", Mode.TRIES, List.of(new Case(channel, true, value))).chose(result, 0);
  }

  private static Op tryReceive(int channel, int result, int got) {
    return new Op("plain", Mode.TRIES, List.of(new Case(channel, false, 0))).chose(result, got);
  }

  private static Op close(int channel, int result) {
    return new Op("close", Mode.CLOSES, List.of(new Case(channel, false, 0))).chose(result, 0);
  }

  private static Op quiet() {
    return new Op("all", Mode.QUIET, List.of());
  }

  private static Op stuck(Op o) {
    o.stuck = true;
    return o.chose(INTERRUPTED, 0);
  }

  private static void legal(int capacity, Op... ops) {
    History h = new History(new int[] {capacity, capacity}, List.of(ops), true);
    assertTrue(h.explain(), h::toString);
  }

  private static void illegal(int capacity, Op... ops) {
    History h = new History(new int[] {capacity, capacity}, List.of(ops), true);
    assertFalse(h.explain(), h::toString);
  }

  @Test
  void checkerKnowsQueues() {
    legal(2, send(0, 1).at(0, 1), send(0, 2).at(2, 3), receive(0, 1).at(4, 5));
    illegal(2, send(0, 1).at(0, 1), send(0, 2).at(2, 3), receive(0, 2).at(4, 5));
    legal(2, send(0, 1).at(0, 3), send(0, 2).at(1, 2), receive(0, 2).at(4, 5));
    illegal(2, receive(0, 1).at(0, 1), send(0, 1).at(2, 3));
    illegal(2, send(0, 1).at(0, 1), receive(0, 1).at(2, 3), receive(0, 1).at(4, 5));
    illegal(1, send(0, 1).at(0, 1), send(0, 2).at(2, 3));
    legal(1, send(0, 1).at(0, 1), trySend(0, 2, NOT_READY).at(2, 3));
    illegal(2, send(0, 1).at(0, 1), trySend(0, 2, NOT_READY).at(2, 3));
    illegal(1, send(0, 1).at(0, 1), tryReceive(0, NOT_READY, 0).at(2, 3));
    legal(1, send(0, 1).at(0, 3), tryReceive(0, NOT_READY, 0).at(1, 2));
  }

  @Test
  void checkerKnowsRendezvous() {
    legal(0, send(0, 1).at(0, 2), receive(0, 1).at(1, 3));
    illegal(0, send(0, 1).at(0, 1), receive(0, 1).at(2, 3));
    illegal(0, trySend(0, 1, 0).at(0, 2), tryReceive(0, 0, 1).at(1, 3));
    legal(0, send(0, 1).at(0, 3), tryReceive(0, 0, 1).at(1, 2));
    illegal(
        0,
        send(0, 1).at(0, 6).parkedAt(1),
        tryReceive(0, NOT_READY, 0).at(2, 3),
        receive(0, 1).at(4, 5));
    Op both = new Op("select", Mode.WAITS, List.of(new Case(0, true, 1), new Case(0, false, 0)));
    illegal(0, both.at(0, 1).chose(1, 1));
    legal(0, both.at(0, 2).chose(1, 7), send(0, 7).at(1, 3));
  }

  @Test
  void checkerKnowsClose() {
    legal(
        1,
        send(0, 1).at(0, 1),
        close(0, 0).at(2, 3),
        receive(0, 1).at(4, 5),
        receive(0, CLOSED).at(6, 7));
    illegal(1, send(0, 1).at(0, 1), close(0, 0).at(2, 3), receive(0, CLOSED).at(4, 5));
    illegal(1, close(0, 0).at(0, 1), send(0, 1).at(2, 3));
    legal(1, close(0, 0).at(0, 3), send(0, 1).at(1, 2));
    legal(1, close(0, 0).at(0, 1), send(0, 1).at(2, 3).chose(PANIC, 0), close(0, PANIC).at(4, 5));
    illegal(0, close(0, 0).at(0, 1), close(0, 0).at(0, 1));
    illegal(
        0,
        receive(0, CLOSED).at(0, 9).parkedAt(1),
        receive(0, 5).at(2, 9).parkedAt(3),
        send(0, 5).at(4, 8),
        close(0, 0).at(4, 8));
  }

  @Test
  void checkerKnowsWaiting() {
    legal(0, stuck(send(0, 1)).at(0, 4), quiet().at(1, 2));
    illegal(1, stuck(send(0, 1)).at(0, 4), quiet().at(1, 2));
    illegal(0, stuck(send(0, 1)).at(0, 6), stuck(receive(0, 0)).at(1, 6), quiet().at(2, 3));
    legal(
        0, send(0, 1).at(0, 6).chose(INTERRUPTED, 0), receive(0, 0).at(1, 6).chose(INTERRUPTED, 0));
    Op first = send(0, 2).at(1, 9).parkedAt(2);
    Op second = send(0, 3).at(3, 9).parkedAt(4);
    legal(1, send(0, 1).at(0, 1), first, second, receive(0, 1).at(5, 6), receive(0, 2).at(7, 8));
    first.chose(INTERRUPTED, 0);
    illegal(
        1,
        send(0, 1).at(0, 1),
        first.at(1, 10),
        second,
        receive(0, 1).at(5, 6),
        receive(0, 3).at(7, 8),
        receive(0, 2).at(9, 10));
    legal(1, send(0, 1).at(0, 1), first, second, receive(0, 1).at(5, 6), receive(0, 3).at(7, 8));
  }

  @Test
  void checkerKnowsSelect() {
    List<Case> cases = List.of(new Case(0, false, 0), new Case(1, false, 0));
    Op byDefault = new Op("select", Mode.TRIES, cases).chose(NOT_READY, 0);
    illegal(1, send(0, 1).at(0, 1), byDefault.at(2, 3));
    // one of the two is always ready
    illegal(
        1, send(0, 1).at(0, 1), byDefault.at(2, 9), send(1, 2).at(3, 4), receive(0, 1).at(5, 6));
    legal(1, send(0, 1).at(0, 1), byDefault.at(2, 9), receive(0, 1).at(3, 4), send(1, 2).at(5, 6));
    legal(1, send(1, 1).at(0, 1), new Op("select", Mode.WAITS, cases).chose(1, 1).at(2, 3));
    illegal(1, send(1, 1).at(0, 1), new Op("select", Mode.WAITS, cases).chose(0, 1).at(2, 3));
  }
}
