package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaiterListTest {

  private final WaiterList list = new WaiterList(false, null);

  private Waiter wait(int id) {
    Waiter w = list.reserve();
    w.open(Thread.currentThread(), id);
    return w;
  }

  private static Object serve(@Nullable Waiter w) {
    assertNotNull(w);
    Object v = w.takeElement();
    w.complete();
    return v;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 100, 1_000, 100_000})
  void firstComeFirstServed(int crowd) {
    for (int round = 0; round < 3; round++) {
      var owners = new ArrayDeque<Waiter>();
      for (int i = 0; i < crowd; i++) {
        owners.add(wait(i));
      }
      assertEquals(crowd, list.count());
      for (int i = 0; i < crowd; i++) {
        assertEquals(i, serve(list.winFirst()));
      }
      assertNull(list.winFirst());
      owners.forEach(Waiter::free);
    }
    assertTrue(list.cells() <= Math.max(16, 4 * crowd), () -> list.cells() + " cells");
  }

  /**
   * Random enqueues, services, desertions and owners that come back late, against a plain queue.
   */
  @Test
  void agreesWithPlainQueue() {
    var random = new SplittableRandom(1);
    for (int run = 0; run < 300; run++) {
      WaiterList some = new WaiterList(false, null);
      Queue<Integer> model = new ArrayDeque<>();
      List<Waiter> waiting = new ArrayList<>();
      List<Waiter> ended = new ArrayList<>();
      int most = 1 + random.nextInt(40);
      for (int step = 0; step < 2_000; step++) {
        int what = random.nextInt(10);
        if (what < 4 && waiting.size() < most) {
          Waiter w = some.reserve();
          w.open(Thread.currentThread(), step);
          waiting.add(w);
          model.add(step);
        } else if (what < 7) {
          Waiter w = some.winFirst();
          if (w == null) {
            assertTrue(model.isEmpty());
          } else {
            waiting.remove(w);
            ended.add(w);
            assertEquals(model.remove(), serve(w));
          }
        } else if (what < 8 && !waiting.isEmpty()) {
          Waiter w = waiting.remove(random.nextInt(waiting.size()));
          assertTrue(model.remove(w.value));
          assertTrue(w.abandon());
          ended.add(w);
        } else if (!ended.isEmpty()) {
          ended.remove(random.nextInt(ended.size())).free();
        }
        assertEquals(model.size(), some.count());
      }
    }
  }

  /** A place in front that stays does not make those behind it pile up. */
  @Test
  void placesBehindOneThatStaysAreUsedAgain() {
    Waiter stays = wait(-1);
    for (int i = 0; i < 100_000; i++) {
      Waiter w = wait(i);
      assertTrue(w.abandon());
      w.free();
      assertSame(stays, list.firstLive());
    }
    assertTrue(list.cells() <= 32, () -> list.cells() + " cells");
  }

  /** Rings come and go between a place that stays and the last ring. */
  @Test
  void drainedRingsBehindOneThatStaysAreUnlinked() {
    Waiter stays = wait(-1);
    Waiter last = wait(0);
    for (int round = 0; round < 1_000; round++) {
      for (int i = 0; i < 40; i++) { // more than fit while the last one stays
        Waiter w = wait(i);
        assertTrue(w.abandon());
        w.free();
      }
      assertTrue(last.abandon());
      last.free();
      last = wait(round);
    }
    assertSame(stays, list.firstLive());
    assertTrue(list.cells() <= 64, () -> list.cells() + " cells");
  }

  /** A crowd that has gone does not keep its ring for ever. */
  @Test
  void shrinksAfterCrowd() {
    firstComeFirstServed(100_000);
    for (int i = 0; i < 500_000; i++) {
      Waiter w = wait(i);
      assertEquals(i, serve(list.winFirst()));
      w.free();
    }
    assertTrue(list.cells() <= 1_024, () -> list.cells() + " cells");
  }

  /** Selects that are dropped while they keep a place are no owners. */
  @Test
  void placesOfDroppedSelectsAreTakenOver() {
    for (int i = 0; i < 10_000; i++) {
      Claim dropped = new Claim();
      int epoch = dropped.open(Thread.currentThread());
      list.reserve().lend(dropped, epoch, 0, null);
      assertTrue(dropped.abandon());
    }
    assertNull(list.firstLive());
    assertTrue(list.cells() <= 32, () -> list.cells() + " cells");
  }

  @Test
  void lentPlaceIsKeptUntilBuried() {
    Claim select = new Claim();
    Waiter w = list.reserve();
    int epoch = select.open(Thread.currentThread());
    w.lend(select, epoch, 7, "a");
    long lap = w.lap();
    assertSame(w, list.firstLive());
    assertNull(list.firstLiveBut(select));
    assertTrue(select.abandon());

    int unused = select.open(Thread.currentThread());
    Waiter behind = wait(1);
    assertSame(behind, list.firstLiveBut(select));
    assertSame(w, list.winFirst());
    assertEquals("a", w.takeElement());
    assertFalse(select.abandon());
    w.complete();
    assertSame(w, select.winner());
    select.end();

    assertSame(behind, list.firstLive()); // buries w
    unused = select.open(Thread.currentThread());
    w.leave(lap);
    assertTrue(select.abandon());
  }

  /** What belongs to a use that is over cannot touch the next one. */
  @Test
  void lateOwnerLeavesTakenPlaceAlone() {
    Claim first = new Claim();
    Waiter w = list.reserve();
    int epoch = first.open(Thread.currentThread());
    w.lend(first, epoch, 0, null);
    long lap = w.lap();
    assertTrue(first.abandon());
    assertNull(list.firstLive());
    Waiter again = null;
    for (int i = 0; again != w; i++) {
      if (again != null) {
        assertTrue(again.abandon());
        again.free();
        assertTrue(i < 100, "the place is never used again");
      }
      again = wait(i);
    }
    w.leave(lap);
    assertSame(w, list.firstLive());
  }

  /**
   * Threads that wait, give up, or are served, on a ring that wraps around all the time: each wait
   * ends once, and whoever waits is found.
   */
  @Test
  void eachWaitEndsOnce() throws Exception {
    int waiters = 6;
    int each = 60_000;
    var won = new AtomicInteger();
    var served = new AtomicInteger();
    var running = new AtomicInteger(waiters);
    List<Callable<@Nullable Void>> tasks = new ArrayList<>();
    for (int t = 0; t < waiters; t++) {
      int me = t;
      tasks.add(
          () -> {
            var random = new SplittableRandom(me);
            for (int i = 0; i < each; i++) {
              Waiter w = list.reserve();
              w.open(Thread.currentThread(), i);
              if (random.nextInt(8) == 0 && w.abandon()) {
                w.free();
                continue;
              }
              assertEquals(Parker.DONE, Parker.await(w, false, WaitReason.CHAN_SEND, false, 0));
              served.incrementAndGet();
              assertEquals("taken", w.takeValue());
              w.free();
            }
            running.decrementAndGet();
            return null;
          });
    }
    for (int t = 0; t < 2; t++) {
      tasks.add(
          () -> {
            while (running.get() > 0) {
              Waiter w = list.winFirst();
              if (w == null) {
                Thread.onSpinWait();
                continue;
              }
              won.incrementAndGet();
              assertTrue(w.takeElement() instanceof Integer);
              w.value = "taken";
              w.complete();
            }
            return null;
          });
    }
    try (var pool = Executors.newCachedThreadPool()) {
      var futures = new ArrayList<Future<@Nullable Void>>();
      tasks.forEach(task -> futures.add(pool.submit(task)));
      for (var f : futures) {
        assertNull(f.get());
      }
    }
    assertEquals(won.get(), served.get());
    assertTrue(served.get() > 0);
    assertEquals(0, list.count());
    assertTrue(list.cells() <= 256, () -> list.cells() + " cells");
  }
}
