package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.go.Panic;
import io.channel4j.go.Program;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: sync/waitgroup_test.go, and what Java adds: interruption, timeouts, failures. */
class WaitGroupTest {

  @ParameterizedTest
  @EnumSource
  void isReusable(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var first = new WaitGroup();
          var second = new WaitGroup();
          for (int round = 0; round < 8; round++) {
            twoGroups(first, second);
          }
        });
  }

  /** All meet in the first group; nobody has passed the second before the last is done there. */
  private static void twoGroups(WaitGroup first, WaitGroup second) throws InterruptedException {
    int n = 16;
    first.add(n);
    second.add(n);
    Channel<Boolean> passed = Channel.make(n);
    for (int i = 0; i < n; i++) {
      go(
          () -> {
            first.done();
            second.await();
            passed.send(true);
          });
    }
    first.await();
    for (int i = 0; i < n; i++) {
      assertFalse(passed.tryReceive().isReady(), "released too soon");
      second.done();
    }
    for (int i = 0; i < n; i++) {
      assertTrue(passed.receive());
    }
  }

  @Test
  void aNegativeCounterPanicsAndChangesNothing() throws InterruptedException {
    var wg = new WaitGroup();
    wg.add(1);
    wg.done();
    negative(wg::done);
    negative(() -> wg.add(-3));
    wg.add(2);
    negative(() -> wg.add(-3));
    assertEquals("WaitGroup[2]", wg.toString());
    wg.add(Integer.MAX_VALUE - 2);
    negative(() -> wg.add(1));
    wg.add(-Integer.MAX_VALUE);
    wg.await();
  }

  private static void negative(Runnable misuse) {
    assertEquals(
        "sync: negative WaitGroup counter",
        assertThrows(IllegalStateException.class, misuse::run).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void everyDoneCountsUnderRace(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int i = 0; i < 1_000; i++) {
            var wg = new WaitGroup();
            var n = new AtomicInteger();
            wg.add(1);
            for (int k = 0; k < 2; k++) {
              wg.add(1);
              go(
                  () -> {
                    n.incrementAndGet();
                    wg.done();
                  });
            }
            wg.add(-1);
            wg.await();
            assertEquals(2, n.get(), "await returned before everyone was done");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void goCountsUntilTheBodyHasEnded(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var wg = new WaitGroup();
          int[] plain = new int[5];
          for (int i = 0; i < plain.length; i++) {
            int k = i;
            wg.go(() -> wg.go(() -> plain[k]++)); // while the group is not empty, anybody may
          }
          wg.await();
          int sum = 0;
          for (int k : plain) {
            sum += k;
          }
          assertEquals(plain.length, sum);
        });
  }

  @ParameterizedTest
  @EnumSource
  void allWaitersAreLetGo(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var wg = new WaitGroup();
          wg.add(1);
          var waiters = new ArrayList<Goroutine>();
          for (int i = 0; i < 100; i++) {
            waiters.add(go(wg::await));
          }
          for (Goroutine g : waiters) {
            Until.in(g, "sync.WaitGroup.Wait");
          }
          wg.done();
          for (Goroutine g : waiters) {
            g.join();
          }
        });
  }

  @Test
  void anEmptyGroupDoesNotWait() throws InterruptedException {
    var wg = new WaitGroup();
    wg.await();
    assertTrue(wg.await(Duration.ZERO));
    wg.add(0);
    wg.await();
  }

  @Test
  void reuseBeforeAWaitHasReturnedPanics() throws Exception {
    // Whoever is woken looks again. With 50 waiters, one of them comes after the add, or else
    // there is another round.
    ThreadKind.PLATFORM.run(
        () -> {
          var messages = new ConcurrentLinkedQueue<String>();
          while (messages.isEmpty()) {
            var wg = new WaitGroup();
            wg.add(1);
            var waiters = new ArrayList<Goroutine>();
            for (int i = 0; i < 50; i++) {
              waiters.add(
                  go(
                      () -> {
                        try {
                          wg.await();
                        } catch (IllegalStateException e) {
                          messages.add(e.getMessage());
                        }
                      }));
            }
            for (Goroutine g : waiters) {
              Until.in(g, "sync.WaitGroup.Wait");
            }
            wg.done();
            wg.add(1);
            for (Goroutine g : waiters) {
              g.join();
            }
          }
          assertEquals(
              "sync: WaitGroup is reused before previous Wait has returned", messages.element());
        });
  }

  // ---- interruption and timeouts

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAndChangesNothing(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var wg = new WaitGroup();
          wg.add(1);
          Goroutine waiter =
              go(
                  () -> {
                    assertThrows(InterruptedException.class, wg::await);
                    assertFalse(Thread.currentThread().isInterrupted());
                  });
          Until.in(waiter, "sync.WaitGroup.Wait");
          waiter.thread().interrupt();
          waiter.join();
          Thread.currentThread().interrupt();
          assertThrows(InterruptedException.class, wg::await);
          assertEquals("WaitGroup[1]", wg.toString());
          wg.done();
          wg.await();
          Thread.currentThread().interrupt();
          assertThrows(InterruptedException.class, wg::await, "also if it need not wait");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aTimeoutEndsTheWait(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var wg = new WaitGroup();
          wg.add(1);
          assertFalse(wg.await(Duration.ZERO));
          assertFalse(wg.await(Duration.ofSeconds(-1)));
          assertFalse(wg.await(Duration.ofMillis(2)));
          Goroutine waiter =
              go(() -> assertTrue(wg.await(Duration.ofSeconds(Long.MAX_VALUE)), "saturates"));
          Until.in(waiter, "sync.WaitGroup.Wait");
          wg.done();
          waiter.join();
        });
  }

  // ---- failures

  @ParameterizedTest
  @EnumSource
  void aBodyThatFailsIsAPanicOfTheProgram(ThreadKind kind) {
    var panic =
        assertThrowsExactly(
            Panic.class,
            () ->
                kind.run(
                    () -> {
                      var wg = new WaitGroup();
                      wg.go(
                          () -> {
                            throw new IOException("boom");
                          });
                      Channel.nil().receive(); // who does not even wait for the group is told
                    }));
    assertEquals("boom", panic.uncaught().getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void anAwaitNeverReturnsNormallyAfterAFailure(ThreadKind kind) throws Exception {
    var handled = new ConcurrentLinkedQueue<Panic>();
    Program.builder()
        .threadFactory(kind.factory())
        .panicHandler(handled::add)
        .build()
        .run(
            () -> {
              var wg = new WaitGroup();
              Channel<Integer> go = Channel.make();
              var thrown = new ConcurrentLinkedQueue<Panic>();
              var waiters = new ArrayList<Goroutine>();
              wg.go(
                  () -> {
                    go.receiveOk();
                    throw new IOException("boom");
                  });
              for (int i = 0; i < 10; i++) {
                Goroutine g = go(() -> thrown.add(assertThrowsExactly(Panic.class, wg::await)));
                waiters.add(g);
                Until.in(g, "sync.WaitGroup.Wait");
              }
              go.close();
              for (Goroutine g : waiters) {
                g.join();
              }
              assertEquals(10, thrown.size());
              thrown.forEach(p -> assertSame(handled.element(), p));
              wg.go(() -> {}).join();
              assertSame(handled.element(), assertThrowsExactly(Panic.class, wg::await));
              assertEquals(1, handled.size());
            });
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatReplacedItsHandlerFailsTheGroupLikeAnyOther(ThreadKind kind) throws Exception {
    var handled = new ConcurrentLinkedQueue<Panic>();
    Program.builder()
        .threadFactory(kind.factory())
        .panicHandler(handled::add)
        .build()
        .run(
            () -> {
              var wg = new WaitGroup();
              Goroutine g =
                  wg.go(
                      () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((t, e) -> {});
                        throw new IOException("boom");
                      });
              Panic panic = assertThrowsExactly(Panic.class, wg::await);
              assertEquals("boom", panic.uncaught().getMessage());
              g.join();
              assertEquals(List.of(panic), List.copyOf(handled));
            });
  }

  @ParameterizedTest
  @EnumSource
  void theHandlerComesBeforeTheWaiters(ThreadKind kind) throws Exception {
    var order = new ConcurrentLinkedQueue<String>();
    Program.builder()
        .threadFactory(kind.factory())
        .panicHandler(panic -> order.add("handler"))
        .build()
        .run(
            () -> {
              var wg = new WaitGroup();
              wg.go(
                  () -> {
                    throw new IOException("boom");
                  });
              assertThrowsExactly(Panic.class, wg::await);
              order.add("waiter");
            });
    assertEquals(List.of("handler", "waiter"), List.copyOf(order));
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatIsInterruptedIsDone(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var wg = new WaitGroup();
          Goroutine receives = wg.go(() -> Channel.nil().receive());
          Goroutine iterates = wg.go(() -> Channel.<Object>nil().forEach(v -> {}));
          receives.thread().interrupt();
          iterates.thread().interrupt();
          wg.await();
        });
  }

  @Test
  void createdByIsTheCallerOfGo() throws InterruptedException {
    var wg = new WaitGroup();
    Goroutine g = wg.go(() -> {});
    wg.await();
    assertNotNull(g.createdBy());
    assertEquals("createdByIsTheCallerOfGo", g.createdBy().stack().get(0).getMethodName());
  }

  // ---- many

  @Test
  void aHundredThousandWaitersAndTasks() throws Exception {
    ThreadKind.VIRTUAL.run(
        () -> {
          var gate = new WaitGroup();
          gate.add(1);
          var tasks = new WaitGroup();
          for (int i = 0; i < 100_000; i++) {
            tasks.go(gate::await);
          }
          gate.done();
          tasks.await();
        });
  }

  @Test
  void waitsThatEndEarlyLeaveNothingBehind() throws Exception {
    // 10^5 short waits on one group that nobody ends: its list of waiters must not grow.
    var wg = new WaitGroup();
    wg.add(1);
    for (int i = 0; i < 100_000; i++) {
      assertFalse(wg.await(Duration.ofNanos(1)));
    }
    assertTrue(wg.linkedPlaces() < 100, () -> "places: " + wg.linkedPlaces());
  }

  /** An opener that is on its way through many waiters does not make the last ones forget it. */
  @ParameterizedTest
  @EnumSource
  void anInterruptAfterTheCounterWas0DoesNotEndTheWait(ThreadKind kind) throws Exception {
    int n = kind == ThreadKind.VIRTUAL ? 2_000 : 200;
    kind.run(
        () -> {
          for (int round = 0; round < 20; round++) {
            var wg = new WaitGroup();
            wg.add(1);
            var ended = new WaitGroup();
            List<Goroutine> waiting = new ArrayList<>();
            var interrupted = new AtomicInteger();
            var interrupter = new Once();
            for (int i = 0; i < n; i++) {
              ended.add(1);
              Goroutine g =
                  go(
                      () -> {
                        try {
                          wg.await();
                          interrupter.doIt(() -> waiting.forEach(w -> w.thread().interrupt()));
                        } catch (InterruptedException e) {
                          interrupted.incrementAndGet();
                        }
                        ended.done();
                      });
              waiting.add(g);
            }
            for (Goroutine g : waiting) {
              Until.in(g, "sync.WaitGroup.Wait");
            }
            wg.done();
            ended.await();
            assertEquals(0, interrupted.get());
          }
        });
  }
}
