package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: errgroup/errgroup_test.go in golang.org/x/sync, and what Java adds: close. */
class ErrGroupTest {

  private static void fail(@Nullable Exception e) throws Exception {
    if (e != null) {
      throw e;
    }
  }

  private static @Nullable Throwable result(ErrGroup group) {
    try {
      group.await();
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyAwaitGivesTheFirstFailureSoFar(ThreadKind kind) throws Exception {
    var one = new IOException("1");
    var two = new IOException("2");
    kind.run(
        () -> {
          for (List<@Nullable Exception> errors :
              List.of(
                  List.<@Nullable Exception>of(),
                  Arrays.<@Nullable Exception>asList((Exception) null),
                  Arrays.<@Nullable Exception>asList(one),
                  Arrays.<@Nullable Exception>asList(one, null),
                  Arrays.<@Nullable Exception>asList(one, null, two))) {
            var group = new ErrGroup();
            Exception first = null;
            for (Exception e : errors) {
              group.go(() -> fail(e));
              first = first == null ? e : first;
              assertSame(first, result(group));
            }
            assertSame(first, result(group));
            group.close(); // has nothing to add
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void theDerivedContextEndsWithTheFailureOrWithTheWait(ThreadKind kind) throws Exception {
    var doom = new IOException("doomed");
    kind.run(
        () -> {
          for (List<@Nullable Exception> errors :
              List.of(
                  List.<@Nullable Exception>of(),
                  Arrays.<@Nullable Exception>asList((Exception) null),
                  Arrays.<@Nullable Exception>asList(doom),
                  Arrays.<@Nullable Exception>asList(doom, null))) {
            try (var group = ErrGroup.withContext(Context.background())) {
              Context ctx = group.context();
              assertNull(ctx.err());
              for (Exception e : errors) {
                assertTrue(group.tryGo(() -> fail(e)));
              }
              boolean fails = errors.contains(doom);
              assertSame(fails ? doom : null, result(group));
              assertSame(Context.CANCELED, ctx.err());
              assertSame(fails ? doom : Context.CANCELED, Context.cause(ctx));
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void theFirstFailureCancelsTheOthers(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var doom = new IOException("doomed");
          var group = ErrGroup.withContext(Context.background());
          Context ctx = group.context();
          Channel<Integer> both = Channel.make();
          for (int i = 0; i < 2; i++) {
            group.go(
                () -> {
                  both.send(1);
                  ctx.done().receiveOk(); // ends although nobody awaits yet
                });
          }
          both.receive();
          both.receive();
          group.go(() -> fail(doom));
          assertSame(doom, result(group));
          assertSame(doom, Context.cause(ctx));
          assertEquals(List.of(doom), group.failures());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aGivenContextIsCancelledByAFailureOnly(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          try (var ctx = Context.withCancel(Context.background());
              var group = new ErrGroup(ctx)) {
            assertSame(ctx, group.context());
            group.go(() -> {});
            group.await();
            assertNull(ctx.err(), "it belongs to somebody else");
            group.go(() -> fail(new IOException("doomed")));
            assertThrows(IOException.class, group::<IOException>await);
            assertSame(Context.CANCELED, ctx.err());
            assertSame(Context.CANCELED, Context.cause(ctx));
          }
          var doom = new IOException("doomed");
          try (var ctx = Context.withCancelCause(Context.background());
              var group = new ErrGroup(ctx)) {
            group.go(() -> fail(doom));
            ctx.done().receiveOk();
            assertSame(doom, Context.cause(ctx));
            assertSame(doom, result(group));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void whateverATaskThrowsIsItsFailure(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var error = new AssertionError("an Error");
          var group = new ErrGroup();
          group.go(
              () -> {
                throw error;
              });
          assertSame(error, result(group));
          var interrupted = new InterruptedException("a task's own");
          var second = new ErrGroup();
          second.go(() -> fail(interrupted));
          assertSame(interrupted, result(second));
        });
  }

  @ParameterizedTest
  @EnumSource
  void laterFailuresAreSuppressedInTheFirst(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var one = new IOException("1");
          var two = new IOException("2");
          var group = ErrGroup.withContext(Context.background());
          Context ctx = group.context();
          group.go(
              () -> {
                ctx.done().receiveOk();
                throw two;
              });
          group.go(() -> fail(one));
          group.go(
              () -> {
                ctx.done().receiveOk();
                throw one; // the same object again
              });
          assertSame(one, result(group));
          assertEquals(List.of(two), List.of(one.getSuppressed()));
          assertEquals(3, group.failures().size());
          assertSame(one, group.failures().get(0));
        });
  }

  // ---- limits

  @ParameterizedTest
  @EnumSource
  void tryGoKeepsTheLimit(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var group = new ErrGroup();
          int n = 42;
          group.setLimit(n);
          Channel<Integer> ch = Channel.make(0, 0);
          for (int i = 0; i < n; i++) {
            assertTrue(group.tryGo(() -> ch.send(1)));
          }
          assertFalse(group.tryGo(() -> ch.send(1)));
          assertEquals(
              "errgroup: modify limit while 42 goroutines in the group are still active",
              assertThrows(IllegalStateException.class, () -> group.setLimit(1)).getMessage());
          for (int i = 0; i < n; i++) {
            ch.receive();
          }
          group.await();
          assertTrue(group.tryGo(() -> ch.send(1)));
          ch.receive();
          group.await();

          group.setLimit(1);
          assertTrue(group.tryGo(() -> ch.send(1)));
          assertFalse(group.tryGo(() -> ch.send(1)));
          ch.receive();
          group.await();

          group.setLimit(0);
          for (int i = 0; i < 1 << 10; i++) {
            assertFalse(group.tryGo(() -> ch.send(1)));
          }
          group.await();

          group.setLimit(-1);
          for (int i = 0; i < 100; i++) {
            assertTrue(group.tryGo(ch::receive));
          }
          ch.close();
          group.await();
        });
  }

  @ParameterizedTest
  @EnumSource
  void goWaitsAtTheLimit(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int limit = 10;
          var group = new ErrGroup();
          group.setLimit(limit);
          var active = new AtomicInteger();
          for (int i = 0; i <= 1 << 10; i++) {
            group.go(
                () -> {
                  assertTrue(active.incrementAndGet() <= limit);
                  Thread.onSpinWait();
                  active.decrementAndGet();
                });
          }
          group.await();
        });
  }

  @ParameterizedTest
  @EnumSource
  void theWaitAtTheLimitIsInterruptible(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var group = new ErrGroup();
          group.setLimit(1);
          Channel<Integer> ch = Channel.make(0, 0);
          group.go(ch::receive);
          Goroutine starter =
              go(
                  () ->
                      assertThrows(
                          InterruptedException.class,
                          () -> group.go(() -> fail(new IOException("was started")))));
          Until.in(starter, "chan send");
          starter.thread().interrupt();
          starter.join();
          ch.close();
          group.await();
        });
  }

  // ---- await and close

  @ParameterizedTest
  @EnumSource
  void awaitIsInterruptibleAndCloseThenStopsTheTasks(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Context> started = Channel.make(1);
          Channel<Boolean> ended = Channel.make(1);
          Goroutine owner =
              go(
                  () -> {
                    try (var group = ErrGroup.withContext(Context.background())) {
                      Context ctx = group.context();
                      group.go(
                          () -> {
                            started.send(ctx);
                            ctx.done().receiveOk();
                            ended.send(true);
                            throw Context.CANCELED; // no failure: it was asked to
                          });
                      group.await();
                    }
                  });
          started.receive();
          Until.in(owner, "sync.WaitGroup.Wait");
          owner.thread().interrupt();
          owner.join(); // by an InterruptedException, which is no panic
          assertTrue(ended.tryReceive().isReady(), "close has waited");
        });
  }

  @ParameterizedTest
  @EnumSource
  void closeLosesNoFailure(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var early = new IllegalStateException("left early");
          var failure = new IOException("failed meanwhile");
          var thrown =
              assertThrows(
                  IllegalStateException.class,
                  () -> {
                    try (var group = new ErrGroup()) {
                      group.go(() -> fail(failure));
                      throw early;
                    }
                  });
          assertSame(early, thrown);
          assertEquals(List.of(failure), List.of(thrown.getSuppressed()));
          assertSame(
              failure,
              assertThrows(
                  IOException.class,
                  () -> {
                    try (var group = new ErrGroup()) {
                      group.go(() -> fail(failure));
                    }
                  }));
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatAwaitHasThrownIsNotThrownByClose(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var failure = new IOException("failed");
          var thrown =
              assertThrows(
                  IOException.class,
                  () -> {
                    try (var group = new ErrGroup()) {
                      group.go(() -> fail(failure));
                      group.await();
                    }
                  });
          assertSame(failure, thrown);
          assertEquals(0, thrown.getSuppressed().length);
        });
  }

  @ParameterizedTest
  @EnumSource
  void closeIsNotEndedByAnInterrupt(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Integer> go = Channel.make(0, 0);
          Channel<Boolean> interrupted = Channel.make(1);
          Goroutine owner =
              go(
                  () -> {
                    var group = new ErrGroup();
                    group.go(go::receive);
                    group.close();
                    assertTrue(interrupted.trySend(Thread.interrupted()));
                  });
          Until.in(owner, "sync.WaitGroup.Wait");
          owner.thread().interrupt();
          go.close();
          assertTrue(interrupted.receive());
        });
  }

  @Test
  void createdByIsTheCallerOfGo() throws Exception {
    ThreadKind.VIRTUAL.run(
        () -> {
          var group = new ErrGroup();
          Channel<String> method = Channel.make(1);
          group.go(
              () -> {
                Goroutine g = Goroutine.current();
                if (g != null) {
                  method.send(g.createdBy().stack().get(0).getClassName());
                }
              });
          group.await();
          assertEquals(ErrGroupTest.class.getName(), method.receive());
        });
  }
}
