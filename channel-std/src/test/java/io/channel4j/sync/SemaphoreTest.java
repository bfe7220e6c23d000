package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: semaphore/semaphore_test.go in golang.org/x/sync. */
class SemaphoreTest {
  private static final Context BACKGROUND = Context.background();

  @ParameterizedTest
  @EnumSource
  void neverMoreThanItsSizeIsHeld(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int n = 6;
          var sem = new Semaphore(n);
          var held = new AtomicLong();
          var wg = new WaitGroup();
          for (int i = 0; i <= n; i++) {
            int weight = i;
            wg.go(
                () -> {
                  for (int k = 0; k < 1_000; k++) {
                    if ((k & 1) == 0) {
                      sem.acquire(BACKGROUND, weight);
                    } else {
                      sem.acquire(weight);
                    }
                    assertTrue(held.addAndGet(weight) <= n);
                    held.addAndGet(-weight);
                    sem.release(weight);
                  }
                });
          }
          wg.await();
          assertEquals("Semaphore[0/6]", sem.toString());
        });
  }

  @Test
  void releasingMoreThanHeldPanicsAndChangesNothing() {
    var sem = new Semaphore(1);
    assertEquals(
        "semaphore: released more than held",
        assertThrows(IllegalStateException.class, () -> sem.release(1)).getMessage());
    assertTrue(sem.tryAcquire(1));
    assertThrows(IllegalStateException.class, () -> sem.release(2));
    assertFalse(sem.tryAcquire(1));
    sem.release(1);
  }

  @Test
  void negativeNumbersAreRefused() {
    var sem = new Semaphore(1);
    assertEquals(
        "a number of permits must be 0 or more, not -1",
        assertThrows(IllegalArgumentException.class, () -> sem.acquire(-1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> sem.acquire(BACKGROUND, -1));
    assertThrows(IllegalArgumentException.class, () -> sem.tryAcquire(-1));
    assertThrows(IllegalArgumentException.class, () -> sem.release(-1));
    assertThrows(IllegalArgumentException.class, () -> new Semaphore(-1));
  }

  @Test
  void tryAcquireTakesWhatIsThere() throws InterruptedException {
    var sem = new Semaphore(2);
    sem.acquire(BACKGROUND, 1);
    assertTrue(sem.tryAcquire(1));
    assertFalse(sem.tryAcquire(1));
    sem.release(2);
    assertTrue(sem.tryAcquire(1));
    sem.acquire(BACKGROUND, 1);
    assertFalse(sem.tryAcquire(1));
    assertTrue(sem.tryAcquire(0));
  }

  @ParameterizedTest
  @EnumSource
  void acquireWaitsUntilTheContextEnds(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var sem = new Semaphore(2);
          sem.acquire(BACKGROUND, 2);
          try (var ctx = Context.withCancel(BACKGROUND)) {
            Goroutine waiter =
                go(() -> assertThrows(Context.Canceled.class, () -> sem.acquire(ctx, 1)));
            Until.in(waiter, "select");
            ctx.cancel();
            waiter.join();
          }
          assertEquals(0, sem.waiting());
          sem.release(2);
          assertEquals("Semaphore[0/2]", sem.toString());
        });
  }

  @Test
  void anEndedContextComesBeforeFreePermits() {
    var sem = new Semaphore(1);
    var ctx = Context.withCancel(BACKGROUND);
    ctx.cancel();
    assertThrows(Context.Canceled.class, () -> sem.acquire(ctx, 1));
    assertTrue(sem.tryAcquire(1));
  }

  @ParameterizedTest
  @EnumSource
  void aCancelThatMeetsAGrantLosesNoPermit(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 2_000; round++) {
            var sem = new Semaphore(1);
            sem.acquire(1);
            var ctx = Context.withCancel(BACKGROUND);
            var got = new AtomicBoolean();
            var wg = new WaitGroup();
            wg.go(
                () -> {
                  try {
                    sem.acquire(ctx, 1);
                    got.set(true);
                  } catch (Context.Canceled e) {
                    got.set(false);
                  }
                });
            if ((round & 1) == 0) {
              Until.holds(() -> sem.waiting() == 1);
            }
            wg.go(() -> sem.release(1));
            wg.go(ctx::cancel);
            wg.await();
            assertEquals(got.get() ? "Semaphore[1/1]" : "Semaphore[0/1]", sem.toString());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRequestForTooMuchIsInNobodysWay(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int n = 2;
          var sem = new Semaphore(n);
          var ctx = Context.withCancel(BACKGROUND);
          Goroutine doomed =
              go(() -> assertThrows(Context.Canceled.class, () -> sem.acquire(ctx, n + 1)));
          Until.in(doomed, "select");
          var wg = new WaitGroup();
          for (int i = 0; i < n * 3; i++) {
            wg.go(
                () -> {
                  sem.acquire(BACKGROUND, 1);
                  sem.release(1);
                });
          }
          wg.await();
          ctx.cancel();
          doomed.join();
        });
  }

  @ParameterizedTest
  @EnumSource
  void aLargeRequestIsNotStarved(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int n = 4;
          var sem = new Semaphore(n);
          var running = new AtomicBoolean(true);
          var wg = new WaitGroup();
          for (int i = 0; i < n; i++) {
            sem.acquire(BACKGROUND, 1);
            wg.go(
                () -> {
                  while (running.get()) {
                    sem.release(1);
                    sem.acquire(BACKGROUND, 1);
                  }
                  sem.release(1);
                });
          }
          sem.acquire(BACKGROUND, n);
          running.set(false);
          sem.release(n);
          wg.await();
        });
  }

  @ParameterizedTest
  @EnumSource
  void nobodyOvertakesAWaiter(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var sem = new Semaphore(3);
          sem.acquire(2);
          Goroutine large = go(() -> sem.acquire(3));
          Until.in(large, "chan receive");
          assertFalse(sem.tryAcquire(1), "there is one, but not for this");
          Goroutine small = go(() -> sem.acquire(1));
          Until.in(small, "chan receive");
          assertEquals(2, sem.waiting());
          sem.release(2);
          large.join();
          assertEquals(1, sem.waiting());
          sem.release(2);
          small.join();
        });
  }

  @ParameterizedTest
  @EnumSource
  void waitersAreServedInTheirOrder(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var sem = new Semaphore(1);
          sem.acquire(1);
          Channel<Integer> order = Channel.make(20);
          for (int i = 0; i < 20; i++) {
            int k = i;
            go(
                () -> {
                  sem.acquire(1);
                  order.send(k);
                  sem.release(1);
                });
            Until.holds(() -> sem.waiting() == k + 1);
          }
          sem.release(1);
          var got = new ArrayList<Integer>();
          for (int i = 0; i < 20; i++) {
            got.add(order.receive());
          }
          assertEquals(got.stream().sorted().toList(), got);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aWaiterInFrontThatGivesUpLetsTheNextOnesGo(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (boolean byContext : new boolean[] {true, false}) {
            Class<? extends Exception> end =
                byContext ? Context.Canceled.class : InterruptedException.class;
            var sem = new Semaphore(10);
            sem.acquire(1); // a reader
            var ctx = Context.withCancel(BACKGROUND);
            Goroutine writer = go(() -> assertThrows(end, () -> sem.acquire(ctx, 10)));
            Until.in(writer, "select");
            var readers = new ArrayList<Goroutine>();
            for (int i = 0; i < 3; i++) {
              Goroutine g = go(() -> sem.acquire(BACKGROUND, 1));
              readers.add(g);
              Until.in(g, "select");
            }
            if (byContext) {
              ctx.cancel();
            } else {
              writer.thread().interrupt();
            }
            for (Goroutine g : readers) {
              g.join();
            }
            writer.join();
            assertEquals("Semaphore[4/10]", sem.toString());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptThatMeetsAGrantLosesNoPermit(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 2_000; round++) {
            var sem = new Semaphore(1);
            sem.acquire(1);
            Channel<Boolean> got = Channel.make(1);
            Goroutine waiter =
                go(
                    () -> {
                      try {
                        sem.acquire(1);
                        got.trySend(true);
                      } catch (InterruptedException e) {
                        got.trySend(false);
                      }
                    });
            Until.holds(() -> sem.waiting() == 1);
            Goroutine interrupter = go(() -> waiter.thread().interrupt());
            sem.release(1);
            waiter.join();
            interrupter.join();
            assertEquals(got.receive() ? "Semaphore[1/1]" : "Semaphore[0/1]", sem.toString());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aWorkerPoolOfGoroutines(ThreadKind kind) throws Exception {
    kind.run(
        () -> { // Go: Example_workerPool
          int workers = 3;
          var sem = new Semaphore(workers);
          var steps = new long[32];
          for (int i = 0; i < steps.length; i++) {
            sem.acquire(BACKGROUND, 1);
            int k = i;
            go(
                () -> {
                  try {
                    steps[k] = collatz(k + 1);
                  } finally {
                    sem.release(1);
                  }
                });
          }
          sem.acquire(BACKGROUND, workers); // all have ended
          assertEquals(
              List.of(0L, 1L, 7L, 2L, 5L, 8L, 16L, 3L, 19L, 6L),
              Arrays.stream(steps, 0, 10).boxed().toList());
        });
  }

  private static long collatz(long n) {
    long steps = 0;
    for (long x = n; x > 1; x = (x & 1) == 0 ? x / 2 : 3 * x + 1) {
      steps++;
    }
    return steps;
  }

  /** Permits that were not granted are not taken for granted. */
  @Test
  void aContextThatEndsWithoutAnErrIsTold() throws Exception {
    Channel<Void> done = Channel.make();
    var ctx =
        new Context() {
          @Override
          public @Nullable Instant deadline() {
            return null;
          }

          @Override
          public ReceiveChannel<Void> done() {
            return done;
          }

          @Override
          public @Nullable ContextException err() {
            return null;
          }

          @Override
          public <T> @Nullable T value(Key<T> key) {
            return null;
          }
        };
    done.close();
    var sem = new Semaphore(1);
    sem.acquire(ctx, 1); // there are permits, and nobody says that it has ended
    var thrown = assertThrows(IllegalStateException.class, () -> sem.acquire(ctx, 1));
    assertTrue(thrown.toString().contains("set err before you close done"));
    assertEquals("Semaphore[1/1]", sem.toString());
    assertEquals(0, sem.waiting());
  }
}
