package io.channel4j.time;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;
import io.channel4j.std.support.ManualClock;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What can be seen of the channel of a timer and of a ticker, step by step, on a clock that the
 * test moves: nothing stale after stop and reset, len and cap 0, and who waits is woken.
 *
 * <p>Go counterpart: TestChan, src/time/tick_test.go.
 */
class TimerChanTest {
  private static final Duration FAR = Duration.ofSeconds(10_000);
  private static final Duration SOON = Duration.ofNanos(1);
  private static final Duration STEP = Duration.ofMillis(10);

  /** A timer, or a ticker with a timer's results. */
  private interface Subject {
    ReceiveChannel<Instant> c();

    boolean stop();

    boolean reset(Duration d);
  }

  private static Subject timer() {
    Timer t = Time.newTimer(FAR);
    return new Subject() {
      @Override
      public ReceiveChannel<Instant> c() {
        return t.c();
      }

      @Override
      public boolean stop() {
        return t.stop();
      }

      @Override
      public boolean reset(Duration d) {
        return t.reset(d);
      }
    };
  }

  private static Subject ticker() {
    Ticker t = Time.newTicker(FAR);
    return new Subject() {
      private boolean running = true;

      @Override
      public ReceiveChannel<Instant> c() {
        return t.c();
      }

      @Override
      public boolean stop() {
        boolean was = running;
        running = false;
        t.stop();
        return was;
      }

      @Override
      public boolean reset(Duration d) {
        boolean was = running;
        running = true;
        t.reset(d);
        return was;
      }
    };
  }

  private static boolean tick(ReceiveChannel<Instant> c) {
    return c.tryReceive().isReady();
  }

  @ParameterizedTest
  @CsvSource({"VIRTUAL,false", "VIRTUAL,true", "PLATFORM,false", "PLATFORM,true"})
  void aChannelShowsOnlyWhatTheLatestSettingGives(ThreadKind kind, boolean isTicker)
      throws Exception {
    try (var clock = new ManualClock().install()) {
      kind.run(() -> script(clock, isTicker ? ticker() : timer(), isTicker));
    }
  }

  private static void script(ManualClock clock, Subject t, boolean isTicker) throws Exception {
    ReceiveChannel<Instant> c = t.c();
    assertTrue(t.stop());
    assertFalse(t.stop());
    assertFalse(tick(c));
    assertFalse(t.reset(FAR));
    assertFalse(tick(c));

    assertTrue(t.reset(SOON));
    clock.advance(STEP);
    assertEquals(0, c.len());
    assertEquals(0, c.cap());
    assertTrue(tick(c));
    clock.advance(STEP);
    assertEquals(isTicker, t.reset(FAR)); // takes back the ticker's second tick
    assertFalse(tick(c));

    // Settings change while somebody waits.
    assertEquals(0, clock.alarms());
    Goroutine waiting = go(c::receive);
    Until.in(waiting, "chan receive");
    assertEquals(1, clock.alarms());
    assertTrue(t.reset(FAR.multipliedBy(2)));
    clock.advance(FAR); // the alarm of before rings for nothing
    Until.in(waiting, "chan receive");
    assertTrue(t.reset(SOON));
    clock.advance(STEP);
    waiting.join();
    assertEquals(isTicker, tick(c));
    assertEquals(isTicker, t.stop());
    assertFalse(tick(c));
    assertEquals(0, clock.alarms());

    // Two selects wait, one value comes.
    t.reset(FAR);
    Channel<Boolean> done = Channel.make(2);
    Channel<Boolean> stop = Channel.make();
    List<Goroutine> two = List.of(go(() -> select(c, done, stop)), go(() -> select(c, done, stop)));
    for (Goroutine g : two) {
      Until.in(g, "select");
    }
    t.reset(STEP);
    clock.advance(STEP);
    assertTrue(done.receive());
    assertFalse(done.tryReceive().isReady());
    t.stop();
    stop.close();
    for (Goroutine g : two) {
      g.join();
    }
    assertFalse(done.tryReceive().isReady());
    assertFalse(tick(c));
    assertEquals(0, clock.alarms());

    // Who waits on a stopped timer waits, and wakes nobody's alarm.
    Channel<Boolean> again = Channel.make();
    Goroutine idle = go(() -> select(c, done, again));
    Until.in(idle, "select");
    assertEquals(0, clock.alarms());
    clock.advance(FAR.multipliedBy(3));
    Until.in(idle, "select");
    again.close();
    idle.join();
    assertFalse(done.tryReceive().isReady());

    // What was due and not received is taken back.
    t.reset(SOON);
    clock.advance(STEP);
    assertTrue(t.stop());
    assertFalse(tick(c));
    assertFalse(t.reset(FAR));
    assertFalse(tick(c));
    assertTrue(t.reset(SOON));
    clock.advance(STEP);
    assertTrue(tick(c));
    clock.advance(STEP);
    assertEquals(isTicker, tick(c));
    clock.advance(STEP);
    assertEquals(isTicker, t.reset(FAR));
    assertFalse(tick(c));
  }

  private static void select(
      ReceiveChannel<Instant> c, Channel<Boolean> done, Channel<Boolean> stop) throws Exception {
    Select.<Boolean>of()
        .receive(
            c,
            () -> {
              done.send(true);
              return true;
            })
        .receive(stop, () -> false)
        .await();
  }
}
