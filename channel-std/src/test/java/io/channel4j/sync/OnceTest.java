package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: sync/once_test.go. */
class OnceTest {

  @ParameterizedTest
  @EnumSource
  void itIsDoneOnceAndSeenByAll(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 200; round++) {
            int[] done = {0};
            var once = new Once();
            var wg = new WaitGroup();
            for (int i = 0; i < 10; i++) {
              wg.go(
                  () -> {
                    once.doIt(() -> done[0]++);
                    assertEquals(1, done[0]);
                  });
            }
            wg.await();
            assertEquals(1, done[0]);
          }
        });
  }

  @Test
  void toFailCountsAsDone() {
    var once = new Once();
    var failed = new IOException("failed");
    assertSame(
        failed,
        assertThrows(
            IOException.class,
            () ->
                once.doIt(
                    () -> {
                      throw failed;
                    })));
    once.doIt(() -> fail("called twice"));
  }

  @ParameterizedTest
  @EnumSource
  void othersWaitUntilItIsDone(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var once = new Once();
          Channel<Integer> in = Channel.make();
          Channel<Integer> go = Channel.make();
          go(
              () ->
                  once.doIt(
                      () -> {
                        in.close();
                        go.receiveOk();
                      }));
          in.receiveOk();
          var waiters = new ArrayList<Goroutine>();
          for (int i = 0; i < 5; i++) {
            waiters.add(go(() -> once.doIt(() -> fail("called twice"))));
          }
          for (Goroutine g : waiters) {
            Until.in(g, "sync.Mutex.Lock");
          }
          go.close();
          for (Goroutine g : waiters) {
            g.join();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptDoesNotEndTheWaitAndIsKept(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var once = new Once();
          Channel<Integer> in = Channel.make();
          Channel<Integer> go = Channel.make();
          Channel<Boolean> interrupted = Channel.make(1);
          go(
              () ->
                  once.doIt(
                      () -> {
                        in.close();
                        go.receiveOk();
                      }));
          in.receiveOk();
          Goroutine waiter =
              go(
                  () -> {
                    once.doIt(() -> fail("called twice"));
                    assertTrue(interrupted.trySend(Thread.interrupted()));
                  });
          Until.in(waiter, "sync.Mutex.Lock");
          waiter.thread().interrupt();
          go.close();
          assertTrue(interrupted.receive());
        });
  }

  @Test
  void recursionIsAnErrorAndNoDeadlock() {
    var once = new Once();
    assertEquals(
        "Once.doIt called by its own action, which would wait for itself",
        assertThrows(
                IllegalStateException.class,
                () -> once.doIt(() -> once.doIt(() -> fail("called twice"))))
            .getMessage());
    once.doIt(() -> fail("it counts as done"));
  }
}
