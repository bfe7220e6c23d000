package io.channel4j.time;

import static io.channel4j.go.Go.go;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import io.channel4j.go.Goroutine;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import io.channel4j.std.support.ManualClock;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Timers, tickers and sleep on a clock that the test moves. */
class TimerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  private final ManualClock clock = new ManualClock().install();

  @AfterEach
  void backToTheSystemsClock() {
    clock.close();
  }

  private Instant at(int seconds) {
    return ManualClock.START.plusSeconds(seconds);
  }

  private static Duration seconds(int n) {
    return Duration.ofSeconds(n);
  }

  @Test
  void theValueIsTheDueTimeNotTheTimeOfTheReceive() throws InterruptedException {
    var after = Time.after(SECOND);
    var tick = Time.tick(SECOND);
    clock.advance(seconds(5).plusMillis(300));
    assertEquals(at(1), after.receive());
    assertEquals(at(1), tick.receive());
  }

  @Test
  void aTimerIsReadyOnceAndNeverEarly() throws InterruptedException {
    Timer t = Time.newTimer(SECOND);
    clock.advance(SECOND.minusNanos(1));
    assertFalse(t.c().tryReceive().isReady());
    clock.advance(Duration.ofNanos(1));
    assertTrue(t.c().tryReceive().ok());
    clock.advance(seconds(100));
    assertFalse(t.c().tryReceive().isReady());
    assertFalse(t.stop());
  }

  @Test
  void aSlowReaderMissesTicksAndThePhaseIsKept() {
    Ticker t = Time.newTicker(SECOND);
    List<Instant> seen = new ArrayList<>();
    for (long millis : new long[] {500, 500, 2_700, 0, 300, 50, 1_000}) {
      clock.advance(Duration.ofMillis(millis));
      var r = t.c().tryReceive();
      if (r.isReady()) {
        seen.add(r.value());
      }
    }
    assertEquals(List.of(at(1), at(2), at(4), at(5)), seen);
  }

  @ParameterizedTest
  @EnumSource
  void aWaitingReaderGetsEveryTick(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Ticker t = Time.newTicker(SECOND);
          for (int i = 1; i <= 20; i++) {
            Channel<Instant> out = Channel.make(1);
            Goroutine g = go(() -> out.send(t.c().receive()));
            Until.in(g, "chan receive");
            clock.advance(SECOND);
            assertEquals(at(i), out.receive());
          }
          t.reset(seconds(3));
          clock.advance(seconds(2));
          assertFalse(t.c().tryReceive().isReady());
          clock.advance(seconds(1));
          assertEquals(at(23), t.c().receive());
        });
  }

  @ParameterizedTest
  @EnumSource
  void receiversOfOneTickerAreServedInTurn(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Ticker t = Time.newTicker(SECOND);
          Channel<Integer> order = Channel.make(10);
          List<Goroutine> waiting = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            int n = i;
            Goroutine g =
                go(
                    () -> {
                      var unused = t.c().receive();
                      order.send(n);
                    });
            Until.in(g, "chan receive");
            waiting.add(g);
          }
          for (int i = 0; i < 10; i++) {
            clock.advance(SECOND);
            assertEquals(i, order.receive());
          }
          for (Goroutine g : waiting) {
            g.join();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void whoPollsADueTimerDoesNotOvertakeWhoWaits(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Timer t = Time.newTimer(SECOND);
          Channel<Instant> out = Channel.make(1);
          Goroutine g = go(() -> out.send(t.c().receive()));
          Until.in(g, "chan receive");
          clock.advanceInSilence(SECOND);
          assertFalse(t.c().tryReceive().isReady());
          assertEquals(at(1), out.receive());
          g.join();
          assertEquals(0, clock.alarms());
        });
  }

  @ParameterizedTest
  @EnumSource
  void queuedTimersFireInTheOrderOfTheirTimes(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] slots = {5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0};
          Channel<Integer> order = Channel.make(slots.length);
          List<Goroutine> waiting = new ArrayList<>();
          for (int s : slots) {
            var after = Time.after(seconds(s + 1));
            Goroutine g =
                go(
                    () -> {
                      Instant due = after.receive();
                      order.send((int) Duration.between(ManualClock.START, due).toSeconds() - 1);
                    });
            Until.in(g, "chan receive");
            waiting.add(g);
          }
          List<Integer> seen = new ArrayList<>();
          for (int second = 1; second <= 10; second++) {
            clock.advance(SECOND);
            for (int s : slots) {
              if (s + 1 == second) {
                seen.add(order.receive());
              }
            }
          }
          assertEquals(List.of(0, 1, 1, 2, 3, 4, 5, 6, 6, 6, 7, 8, 9), seen);
          for (Goroutine g : waiting) {
            g.join();
          }
        });
  }

  @Test
  void zeroAndNegativeDurationsAreDueAtOnce() throws InterruptedException {
    for (Duration d : List.of(Duration.ZERO, seconds(-1), HUGE.negated())) {
      assertEquals(at(0), Time.after(d).receive());
      Timer t = Time.newTimer(SECOND);
      assertTrue(t.reset(d));
      assertEquals(at(0), t.c().receive());
      Time.sleep(d);
    }
  }

  @Test
  void hugeDurationsSaturate() {
    Timer timer = Time.newTimer(HUGE);
    Ticker ticker = Time.newTicker(HUGE);
    Timer func = Time.afterFunc(HUGE, () -> {});
    clock.advance(Duration.ofDays(365 * 100));
    assertFalse(timer.c().tryReceive().isReady());
    assertFalse(ticker.c().tryReceive().isReady());
    assertTrue(timer.reset(HUGE));
    ticker.reset(HUGE);
    assertTrue(func.reset(HUGE));
    clock.advance(Duration.ofDays(365 * 100));
    assertFalse(timer.c().tryReceive().isReady());
    assertFalse(ticker.c().tryReceive().isReady());
    assertTrue(timer.stop());
    assertTrue(func.stop());
  }

  @Test
  void periodsThatAreNotPositiveAreRefused() {
    for (Duration d : List.of(Duration.ZERO, seconds(-1))) {
      var make = assertThrows(IllegalArgumentException.class, () -> Time.newTicker(d));
      assertEquals("non-positive interval for NewTicker", make.getMessage());
      Ticker t = Time.newTicker(SECOND);
      var reset = assertThrows(IllegalArgumentException.class, () -> t.reset(d));
      assertEquals("non-positive interval for Ticker.Reset", reset.getMessage());
      assertSame(Channel.nil(), Time.tick(d));
    }
  }

  @Test
  void stopDoesNotCloseAndCloseStops() {
    Timer timer = Time.newTimer(SECOND);
    Ticker ticker = Time.newTicker(SECOND);
    try (timer;
        ticker) {
      assertNull(timer.c().tryReceive().value());
    }
    clock.advance(SECOND);
    assertFalse(timer.c().tryReceive().isReady());
    assertFalse(ticker.c().tryReceive().isReady());
    assertFalse(timer.stop());
    ticker.stop();
  }

  @Test
  void channelsAreReceiveOnlyAlsoAfterACast() {
    Channel<Instant> c = (Channel<Instant>) Time.after(SECOND);
    SendChannel<Instant> s = c;
    assertThrows(UnsupportedOperationException.class, c::close);
    assertThrows(UnsupportedOperationException.class, () -> s.send(at(0)));
    assertThrows(UnsupportedOperationException.class, () -> s.trySend(at(0)));
    assertThrows(
        UnsupportedOperationException.class,
        () -> Select.<Integer>of().send(s, at(0), () -> 1).await());
    assertThrows(
        UnsupportedOperationException.class,
        () -> Select.<Integer>of().send(s, at(0), () -> 1).orDefault(() -> 2).await());
  }

  @ParameterizedTest
  @EnumSource
  void sleepEndsWhenTheTimeHasPassed(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Goroutine g = go(() -> Time.sleep(SECOND));
          Until.holds(() -> clock.alarms() == 1);
          clock.advance(SECOND.minusNanos(1));
          assertEquals(1, clock.alarms());
          clock.advance(Duration.ofNanos(1));
          g.join();
          Goroutine interrupted = go(() -> Time.sleep(HUGE));
          Until.holds(() -> clock.alarms() == 1);
          interrupted.thread().interrupt();
          interrupted.join();
          assertEquals(0, clock.alarms());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionRunsInAGoroutineOfTheCallersProgram(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Goroutine> ran = Channel.make();
          Timer t = Time.afterFunc(SECOND, () -> ran.send(requireNonNull(Goroutine.current())));
          assertSame(Channel.nil(), t.c());
          clock.advance(SECOND.minusNanos(1));
          assertTrue(t.reset(SECOND));
          clock.advance(SECOND.minusNanos(1));
          assertFalse(ran.tryReceive().isReady());
          clock.advance(Duration.ofNanos(1)); // returns, although the function waits
          Goroutine g = ran.receive();
          assertSame(requireNonNull(Goroutine.current()).program(), g.program());
          assertEquals(kind == ThreadKind.VIRTUAL, g.thread().isVirtual());
          assertFalse(t.stop());
          assertFalse(t.reset(SECOND));
          assertTrue(t.stop());
          assertFalse(t.stop());
          clock.advance(SECOND);
          assertEquals(0, clock.alarms());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aSlowFunctionHoldsUpNothing(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Integer> never = Channel.make();
          Channel<Integer> ran = Channel.make();
          Timer slow = Time.afterFunc(SECOND, never::receive);
          Timer fast = Time.afterFunc(SECOND, () -> ran.send(1));
          clock.advance(SECOND);
          assertEquals(1, ran.receive());
          slow.reset(SECOND); // beside the one that still runs
          fast.reset(SECOND);
          clock.advance(SECOND);
          assertEquals(1, ran.receive());
          Until.holds(() -> ((ChannelBase<?>) never).waitingReceivers() == 2);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aLoopFormSelectKeepsItsPlaceAndMissesNothing(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Ticker t = Time.newTicker(SECOND);
          Channel<Integer> work = Channel.make();
          Channel<String> seen = Channel.make(1);
          Goroutine g =
              go(
                  () -> {
                    var select = Select.loop();
                    var tick = select.receive(t.c());
                    var fromWork = select.receive(work);
                    for (; ; ) {
                      boolean ticked = select.await() == tick;
                      seen.send(ticked ? "tick" : "work " + fromWork.value());
                    }
                  });
          for (int i = 0; i < 20; i++) {
            Until.in(g, "select");
            work.send(i);
            assertEquals("work " + i, seen.receive());
            Until.in(g, "select");
            clock.advance(SECOND);
            assertEquals("tick", seen.receive());
          }
          Until.in(g, "select");
          t.stop();
          clock.advance(SECOND.multipliedBy(3));
          assertEquals(0, clock.alarms());
          t.reset(SECOND);
          clock.advance(SECOND);
          assertEquals("tick", seen.receive());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTimedReceiveAndAnInterruptLeaveTheTimerAsItWas(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Timer t = Time.newTimer(SECOND);
          assertFalse(t.c().tryReceive(Duration.ofMillis(1)).isReady());
          assertEquals(0, clock.alarms());
          Goroutine g = go(() -> requireNonNull(t.c().receive()));
          Until.in(g, "chan receive");
          g.thread().interrupt();
          g.join();
          assertEquals(0, clock.alarms());
          clock.advance(SECOND);
          assertEquals(at(1), t.c().receive());
        });
  }
}
