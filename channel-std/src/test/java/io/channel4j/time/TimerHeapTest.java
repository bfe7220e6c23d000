package io.channel4j.time;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.context.Context;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;
import io.channel4j.std.support.ManualClock;
import io.channel4j.std.support.Until;
import io.channel4j.time.internal.SystemClock;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What timers leave behind: nothing. On the system's clock. */
class TimerHeapTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MILLION = 1_000_000;

  private static long heap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** A million of anything that is kept takes 16 MB at least; other threads' use is far less. */
  private static void leavesNothing(IntConsumer step) {
    step.accept(0); // classes are loaded
    long before = heap();
    int alarms = SystemClock.INSTANCE.alarms();
    for (int i = 0; i < MILLION; i++) {
      step.accept(i);
    }
    assertEquals(alarms, SystemClock.INSTANCE.alarms());
    long grown = heap() - before;
    assertTrue(grown < 8_000_000, "bytes: " + grown);
  }

  @Test
  void aMillionAfterDroppedLeaveAFlatHeap() {
    leavesNothing(i -> assertEquals(0, Time.after(HOUR).len()));
  }

  @Test
  void aMillionTimersStartedAndStoppedLeaveAFlatHeap() {
    leavesNothing(i -> assertTrue(Time.newTimer(HOUR).stop()));
  }

  @Test
  void aMillionTickersDroppedLeaveAFlatHeap() {
    leavesNothing(i -> assertEquals(0, Time.tick(HOUR).cap()));
  }

  @Test
  void aMillionAfterFuncsStoppedLeaveAFlatHeap() {
    leavesNothing(i -> assertTrue(Time.afterFunc(HOUR, () -> {}).stop()));
  }

  @Test
  void aMillionTimeoutsCancelledLeaveAFlatHeap() {
    try (var parent = Context.withCancel(Context.background())) {
      leavesNothing(
          i -> {
            try (var ctx = Context.withTimeout(parent, HOUR)) {
              assertFalse(ctx.done().tryReceive().isReady());
            }
          });
    }
  }

  /** Go's for { select { case v := <-work: … case <-time.After(hour): … } }. */
  @Test
  void anAfterInEveryRoundOfASelectLoopLeavesAFlatHeap() throws InterruptedException {
    Channel<Integer> work = Channel.make(1);
    var select = Select.loop();
    var fromWork = select.receive(work);
    var timeout = select.receive(Time.after(HOUR));
    leavesNothing(
        i -> {
          try {
            work.send(i);
            timeout.channel(Time.after(HOUR));
            assertEquals(fromWork, select.await());
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void whoGivesUpWaitingLeavesNoAlarm() throws Exception {
    int before = SystemClock.INSTANCE.alarms();
    Channel<Integer> other = Channel.make();
    List<Goroutine> waiting = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Goroutine g =
          go(
              () ->
                  Select.<Integer>of()
                      .receive(Time.after(HOUR), () -> 1)
                      .receive(other, () -> 2)
                      .await());
      Until.in(g, "select");
      waiting.add(g);
    }
    assertEquals(before + 1_000, SystemClock.INSTANCE.alarms());
    other.close();
    for (Goroutine g : waiting) {
      g.join();
    }
    assertEquals(before, SystemClock.INSTANCE.alarms());
  }

  /** Go counterpart: TestTimerGC, src/time/tick_test.go. */
  @Test
  void anUnreferencedTimerThatRunsIsCollected() throws InterruptedException {
    Until.collected(droppedTimer());
    Until.collected(droppedTicker());
    Until.collected(new WeakReference<>(Time.after(HOUR)));
    Until.collected(droppedAfterAWait());
  }

  private static WeakReference<Timer> droppedTimer() {
    return new WeakReference<>(Time.newTimer(HOUR));
  }

  private static WeakReference<Ticker> droppedTicker() {
    Ticker t = Time.newTicker(Duration.ofMillis(1));
    return new WeakReference<>(t);
  }

  private static WeakReference<ReceiveChannel<Instant>> droppedAfterAWait()
      throws InterruptedException {
    ReceiveChannel<Instant> c = Time.after(HOUR);
    assertFalse(c.tryReceive(Duration.ofNanos(1_000)).isReady());
    return new WeakReference<>(c);
  }

  /** A loop may be left without a word; it is in no list of the clock's for long. */
  @Test
  void aDroppedSelectLoopIsNotHeldUntilItsTimerIsDue() throws Exception {
    try (var clock = new ManualClock().install()) {
      Channel<Integer> other = Channel.make();
      var loop = droppedLoop(other);
      other.send(1);
      loop.join();
      assertEquals(1, clock.alarms()); // for its next round
      clock.advance(Duration.ofSeconds(10));
      assertEquals(0, clock.alarms());
    }
  }

  private static Goroutine droppedLoop(Channel<Integer> other) throws InterruptedException {
    Goroutine g =
        go(
            () -> {
              var select = Select.loop();
              var fromOther = select.receive(other);
              var unused = select.receive(Time.after(HOUR));
              assertEquals(fromOther, select.await());
            });
    Until.in(g, "select");
    return g;
  }

  @Test
  void aLongWaitTakesAFewAlarmsAndEndsInTime() throws Exception {
    try (var clock = new ManualClock().install()) {
      Channel<Instant> got = Channel.make(1);
      Instant due = clock.now().plus(Duration.ofDays(365));
      Goroutine g = go(() -> got.send(Time.after(Duration.ofDays(365)).receive()));
      Until.in(g, "chan receive");
      int rings = 0;
      for (; clock.now().isBefore(due); rings++) {
        assertEquals(0, got.len());
        assertEquals(1, clock.alarms());
        clock.advanceToNext();
      }
      assertEquals(due, got.receive());
      assertEquals(0, clock.alarms());
      assertTrue(rings <= 23, "alarms: " + rings); // 10 s * 2^22 is more than a year
    }
  }
}
