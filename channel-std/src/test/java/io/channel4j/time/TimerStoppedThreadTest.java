package io.channel4j.time;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;
import io.channel4j.std.support.ManualClock;
import io.channel4j.std.support.Stops;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes on while a thread is stopped between two steps of a timer. */
@Tag("seam")
class TimerStoppedThreadTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock().install();

  @AfterEach
  void backToTheSystemsClock() {
    clock.close();
  }

  private static Instant at(int seconds) {
    return ManualClock.START.plusSeconds(seconds);
  }

  /** It waits, but has not set an alarm yet: whoever looks next finds it, and serves it first. */
  @ParameterizedTest
  @EnumSource
  void whoHasEnqueuedIsServedFirst(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            Timer t = Time.newTimer(SECOND);
            Channel<Instant> got = Channel.make(1);
            var receiver = stops.stop("timer.enqueued", () -> got.send(t.c().receive()));
            clock.advance(SECOND);
            assertFalse(t.c().tryReceive().isReady(), "it was not the first to want the value");
            assertFalse(t.stop(), "the value was received");
            stops.goOn(receiver);
            assertEquals(at(1), got.receive());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void stopAndResetDoNotWaitForWhoHasEnqueued(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            Timer t = Time.newTimer(SECOND);
            Channel<Instant> got = Channel.make(1);
            var receiver = stops.stop("timer.enqueued", () -> got.send(t.c().receive()));
            assertTrue(t.stop());
            clock.advance(SECOND);
            assertFalse(t.reset(SECOND));
            clock.advance(SECOND); // the reset has seen the waiter, so there is an alarm
            stops.goOn(receiver);
            assertEquals(at(2), got.receive());
          }
        });
  }

  /** A waiter that comes after the reset's look for waiters sees the reset. */
  @ParameterizedTest
  @EnumSource
  void whoEnqueuesLateSetsTheAlarmItself(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            Timer t = Time.newTimer(SECOND);
            Channel<Instant> never = Channel.nil();
            Channel<Instant> got = Channel.make(1);
            var receiver =
                stops.stop(
                    "timer.enqueued",
                    () ->
                        got.send(
                            Select.<Instant>of()
                                .receive(t.c(), v -> v)
                                .receive(never, v -> v)
                                .await()));
            assertEquals(0, clock.alarms());
            stops.goOn(receiver);
            Until.holds(() -> clock.alarms() == 1);
            clock.advance(SECOND);
            assertEquals(at(1), got.receive());
          }
        });
  }

  /** Documented: a thread stopped in Firing holds up those who want this very value, only them. */
  @ParameterizedTest
  @EnumSource
  void whoFiresHoldsUpThisValueAndNoOtherTimer(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            Timer t = Time.newTimer(SECOND);
            Timer other = Time.newTimer(SECOND);
            Channel<Instant> got = Channel.make(2);
            Goroutine first = go(() -> got.send(t.c().receive()));
            Until.in(first, "chan receive");
            Until.holds(() -> clock.alarms() == 1);
            var alarm = stops.stop("timer.firing", () -> clock.advance(SECOND));

            assertEquals(at(1), other.c().receive());
            assertFalse(other.reset(SECOND));
            assertTrue(other.stop());
            Channel<Boolean> stopped = Channel.make(1);
            Goroutine stops2 = go(() -> stopped.send(t.stop()));
            Goroutine second = go(() -> got.send(t.c().receive()));
            Until.in(second, "chan receive"); // waits as for any value, without a spin
            assertFalse(stopped.tryReceive().isReady());
            assertEquals(0, got.len());

            stops.goOn(alarm);
            assertEquals(at(1), got.receive());
            stops2.join();
            assertFalse(stopped.receive(), "the value was received first");
            t.reset(SECOND);
            clock.advance(SECOND);
            assertEquals(at(2), got.receive());
            first.join();
            second.join();
          }
        });
  }

  /** Its waiter goes away while it fires: the value stays for the next one. */
  @ParameterizedTest
  @EnumSource
  void aValueThatFoundNobodyIsStillThere(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            Timer t = Time.newTimer(SECOND);
            Goroutine first = go(() -> t.c().receive());
            Until.in(first, "chan receive");
            Until.holds(() -> clock.alarms() == 1);
            var alarm = stops.stop("timer.firing", () -> clock.advance(SECOND));
            first.thread().interrupt();
            first.join();
            Channel<Instant> got = Channel.make(1);
            Goroutine second = go(() -> got.send(t.c().receive()));
            stops.goOn(alarm);
            assertEquals(at(1), got.receive());
            second.join();
            assertFalse(t.stop());
          }
        });
  }
}
