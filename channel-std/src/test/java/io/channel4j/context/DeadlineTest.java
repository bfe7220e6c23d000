package io.channel4j.context;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.go.Goroutine;
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

/** Deadlines and timeouts on a clock that the test moves. */
class DeadlineTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HUGE = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

  private final ManualClock clock = new ManualClock().install();

  @AfterEach
  void backToTheSystemsClock() {
    clock.close();
  }

  private static void assertExceeded(Context c) throws InterruptedException {
    var unused = c.done().receive(); // it ends in a thread of its own
    assertSame(Context.DEADLINE_EXCEEDED, c.err());
    assertSame(Context.DEADLINE_EXCEEDED, Context.cause(c));
  }

  @ParameterizedTest
  @EnumSource
  void aDeadlineEndsTheContextAndAllBelow(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var ctx = Context.withDeadline(Context.background(), clock.now().plus(SECOND));
          assertEquals(ManualClock.START.plus(SECOND), ctx.deadline());
          assertEquals(
              "context.Background.WithDeadline(2000-01-01T00:00:01Z [PT1S])", ctx.toString());
          var child = Context.withCancel(Context.withValue(ctx, Context.Key.of("k"), 1));
          assertEquals(ctx.deadline(), child.deadline());
          Goroutine waiting = go(child.done()::receive);
          Until.in(waiting, "chan receive");
          clock.advance(SECOND.minusNanos(1));
          assertNull(ctx.err());
          clock.advance(Duration.ofNanos(1));
          assertExceeded(ctx);
          assertExceeded(child);
          waiting.join();
          assertEquals(0, clock.alarms());
        });
  }

  @Test
  void aTimeoutIsADeadlineFromNow() throws InterruptedException {
    clock.advance(SECOND);
    var ctx = Context.withTimeout(Context.background(), SECOND);
    assertEquals(ManualClock.START.plusSeconds(2), ctx.deadline());
    clock.advance(SECOND);
    assertExceeded(ctx);
  }

  @Test
  void whatCountsIsTheEarlierOfTwoDeadlines() throws InterruptedException {
    var parent = Context.withTimeout(Context.background(), SECOND);
    var later = Context.withTimeout(parent, SECOND.multipliedBy(2));
    assertTrue(later.toString().endsWith(".WithCancel"), later.toString());
    assertEquals(parent.deadline(), later.deadline());
    var earlier = Context.withTimeout(parent, SECOND.dividedBy(2));
    assertEquals(2, clock.alarms());
    clock.advance(SECOND.dividedBy(2));
    assertExceeded(earlier);
    assertNull(later.err());
    clock.advance(SECOND);
    assertExceeded(later);
    assertExceeded(parent);
  }

  @Test
  void aDeadlineThatHasPassedMakesAnEndedContext() throws InterruptedException {
    for (Context c :
        List.<Context>of(
            Context.withTimeout(Context.background(), Duration.ZERO),
            Context.withTimeout(Context.background(), SECOND.negated()),
            Context.withTimeout(Context.background(), HUGE.negated()),
            Context.withDeadline(Context.background(), clock.now()),
            Context.withDeadline(Context.background(), Instant.MIN))) {
      assertSame(Context.DEADLINE_EXCEEDED, c.err());
      assertExceeded(c);
    }
    assertEquals(0, clock.alarms());
  }

  @Test
  void hugeTimeoutsSaturate() {
    var ctx = Context.withTimeout(Context.background(), HUGE);
    assertEquals(Instant.MAX, ctx.deadline());
    var max = Context.withDeadline(Context.background(), Instant.MAX);
    clock.advance(Duration.ofDays(365 * 100));
    assertNull(ctx.err());
    assertNull(max.err());
    ctx.cancel();
    max.cancel();
    assertEquals(0, clock.alarms());
  }

  @Test
  void aCancelBeforeTheTimeStopsTheTimer() {
    var parent = Context.withCancel(Context.background());
    var ctx = Context.withTimeout(parent, SECOND);
    var other = Context.withTimeout(parent, SECOND);
    assertEquals(2, clock.alarms());
    ctx.cancel();
    assertEquals(1, clock.alarms());
    assertEquals(1, ((CancelNode) parent).children());
    parent.cancel();
    assertEquals(0, clock.alarms());
    clock.advance(SECOND);
    assertSame(Context.CANCELED, ctx.err());
    assertSame(Context.CANCELED, other.err());
  }

  @Test
  void aCauseIsForTheDeadlineNotForACancel() throws InterruptedException {
    var why = new Exception("too slow");
    var slow = Context.withTimeoutCause(Context.background(), SECOND, why);
    var fast = Context.withDeadlineCause(Context.background(), clock.now().plus(SECOND), why);
    fast.cancel();
    clock.advance(SECOND);
    var unused = slow.done().receive();
    assertSame(Context.DEADLINE_EXCEEDED, slow.err());
    assertSame(why, Context.cause(slow));
    assertSame(Context.CANCELED, Context.cause(fast));
  }

  /** Go counterpart: testLayers, src/context/context_test.go. */
  @Test
  void manyLayersEndTogether() throws InterruptedException {
    for (boolean byTime : new boolean[] {false, true}) {
      List<Context> all = new ArrayList<>();
      var top = Context.withTimeout(Context.background(), SECOND);
      Context c = top;
      for (int i = 0; i < 1_000; i++) {
        c =
            switch (i % 4) {
              case 0 -> Context.withCancel(c);
              case 1 -> Context.withValue(c, Context.Key.<Integer>of("k" + i), i);
              case 2 -> Context.withTimeout(c, Duration.ofHours(1));
              default -> Context.withTimeout(c, SECOND);
            };
        all.add(c);
      }
      for (Context x : all) {
        assertFalse(x.done().tryReceive().isReady());
      }
      if (byTime) {
        clock.advance(SECOND);
      } else {
        top.cancel();
      }
      for (Context x : all) {
        var unused = x.done().receive();
        assertSame(byTime ? Context.DEADLINE_EXCEEDED : Context.CANCELED, x.err());
      }
      Until.holds(() -> clock.alarms() == 0);
    }
  }
}
