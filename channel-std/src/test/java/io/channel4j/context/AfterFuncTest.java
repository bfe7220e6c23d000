package io.channel4j.context;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ManualClock;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that run when a context ends. */
class AfterFuncTest {

  @ParameterizedTest
  @EnumSource
  void itRunsAfterACancelInAGoroutineOfTheRegisteringProgram(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Goroutine> ran = Channel.make();
          try (var ctx = Context.withCancel(Context.background())) {
            var stop =
                Context.afterFunc(ctx, () -> ran.send(Objects.requireNonNull(Goroutine.current())));
            assertFalse(ran.tryReceive().isReady());
            ctx.cancel(); // does not wait for it, although nobody receives yet
            Goroutine g = ran.receive();
            assertSame(Objects.requireNonNull(Goroutine.current()).program(), g.program());
            assertFalse(stop.stop());
          }
        });
  }

  @Test
  void itRunsAfterATimeout() throws InterruptedException {
    try (var clock = new ManualClock().install()) {
      Channel<ContextException> ran = Channel.make();
      var ctx = Context.withTimeout(Context.background(), Duration.ofSeconds(1));
      var unused = Context.afterFunc(ctx, () -> ran.send(Objects.requireNonNull(ctx.err())));
      clock.advance(Duration.ofSeconds(1));
      assertSame(Context.DEADLINE_EXCEEDED, ran.receive());
    }
  }

  @Test
  void itRunsAtOnceIfTheContextHasEnded() throws InterruptedException {
    var ctx = Context.withCancel(Context.background());
    ctx.cancel();
    Channel<Integer> ran = Channel.make();
    var unused = Context.afterFunc(ctx, () -> ran.send(1));
    assertEquals(1, ran.receive());
  }

  @Test
  void stopTakesItBackAndLeavesTheParent() {
    AtomicInteger runs = new AtomicInteger();
    var ctx = Context.withCancel(Context.background());
    var stop = Context.afterFunc(ctx, runs::incrementAndGet);
    var other = Context.afterFunc(ctx, () -> {});
    assertEquals(2, ((CancelNode) ctx).children());
    assertTrue(stop.stop());
    assertEquals(1, ((CancelNode) ctx).children());
    assertFalse(stop.stop());
    ctx.cancel();
    assertFalse(other.stop());
    assertEquals(0, runs.get());
  }

  @Test
  void eachRegistrationRunsOnceOrIsStopped() throws Exception {
    ThreadKind.VIRTUAL.run(
        () -> {
          AtomicInteger runs = new AtomicInteger();
          int stopped = 0;
          int rounds = 2_000;
          for (int i = 0; i < rounds; i++) {
            var ctx = Context.withCancel(Context.background());
            var stop = Context.afterFunc(ctx, runs::incrementAndGet);
            Goroutine g = go(ctx::cancel);
            if (stop.stop()) {
              stopped++;
            }
            g.join();
          }
          int s = stopped;
          Until.holds(() -> runs.get() + s >= rounds);
          assertEquals(rounds, runs.get() + s);
        });
  }

  @Test
  void itMayUseTheContextThatEnds() throws InterruptedException {
    var ctx = Context.withCancel(Context.background());
    Channel<Boolean> ran = Channel.make();
    var unused =
        Context.afterFunc(
            ctx,
            () -> {
              ctx.cancel();
              var child = Context.withCancel(ctx);
              ran.send(child.err() == Context.CANCELED);
            });
    ctx.cancel();
    assertTrue(ran.receive());
  }
}
