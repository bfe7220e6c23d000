package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.go.Goroutine;
import io.channel4j.std.support.Stops;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread that has brought the counter to 0 and is stopped before it lets anybody go. Go: the
 * panics of sync/waitgroup.go that sync/waitgroup_test.go cannot bring about for sure.
 */
@Tag("seam")
class WaitGroupStoppedThreadTest {

  @ParameterizedTest
  @EnumSource
  void anAddWhileThoseWhoWaitedAreBeingLetGoIsRefused(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            var wg = new WaitGroup();
            wg.add(1);
            Goroutine waiter = go(wg::await);
            Until.in(waiter, "sync.WaitGroup.Wait");
            var done = stops.stop("waitgroup.zero", wg::done);
            assertEquals(
                "sync: WaitGroup misuse: Add called concurrently with Wait",
                assertThrows(IllegalStateException.class, () -> wg.add(1)).getMessage());
            assertEquals("WaitGroup[0]", wg.toString());
            wg.add(0); // changes nothing, so there is nothing to refuse
            assertThrows(IllegalStateException.class, () -> wg.go(() -> {}));
            assertEquals("WaitGroup[0]", wg.toString());
            stops.goOn(done);
            waiter.join();
            wg.add(1);
            assertFalse(wg.await(Duration.ZERO));
            wg.done();
            wg.await();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void itHoldsUpOnlyThoseWhoWaitedForIt(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            var wg = new WaitGroup();
            wg.add(1);
            var done = stops.stop("waitgroup.zero", wg::done);
            wg.await(); // the counter is 0
            assertTrue(wg.await(Duration.ZERO));
            wg.add(1); // nobody waits, so nobody is being let go
            Goroutine next = go(wg::await);
            Until.in(next, "sync.WaitGroup.Wait");
            stops.goOn(done); // and lets go nobody of a later round
            wg.add(1);
            wg.done();
            assertEquals("sync.WaitGroup.Wait", next.state());
            wg.done();
            next.join();
          }
        });
  }

  /**
   * Who waited for a round that is over, and is interrupted before he is let go, has seen it end.
   */
  @ParameterizedTest
  @EnumSource
  void anInterruptAfterTheLastDoneIsNotThrown(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var stops = new Stops()) {
            var wg = new WaitGroup();
            wg.add(1);
            Goroutine waiter =
                go(
                    () -> {
                      wg.await();
                      assertTrue(Thread.interrupted(), "the interrupt is still to be seen");
                    });
            Until.in(waiter, "sync.WaitGroup.Wait");
            var done = stops.stop("waitgroup.zero", wg::done);
            waiter.thread().interrupt();
            waiter.join(); // although nobody has let it go yet
            stops.goOn(done);
          }
        });
  }
}
