package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: group_test.go in github.com/heptio/workgroup, and more. */
class WorkGroupTest {

  @Test
  void anEmptyGroupReturnsAtOnce() throws Exception {
    new WorkGroup().run();
    new WorkGroup().run(Context.background());
  }

  @ParameterizedTest
  @EnumSource
  void aSingleFunctionsResultIsTheResult(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var group = new WorkGroup();
          group.add(stop -> {});
          group.run();
          group.run(); // again
          var failing = new WorkGroup();
          var failure = new IOException("listen");
          failing.add(
              stop -> {
                throw failure;
              });
          assertSame(failure, assertThrows(IOException.class, failing::<IOException>run));
        });
  }

  @ParameterizedTest
  @EnumSource
  void theFirstReturnStopsTheOthersAndAllAreWaitedFor(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var ended = new AtomicInteger();
          var group = new WorkGroup();
          var failure = new IOException("first");
          for (int i = 0; i < 5; i++) {
            group.add(
                stop -> {
                  stop.receiveOk();
                  ended.incrementAndGet();
                });
          }
          group.add(
              stop -> {
                throw failure;
              });
          assertSame(failure, assertThrows(IOException.class, group::<IOException>run));
          assertEquals(5, ended.get());
        });
  }

  @ParameterizedTest
  @EnumSource
  void theResultIsTheFirstAlsoIfItIsNormal(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var group = new WorkGroup();
          group.add(stop -> {});
          group.add(
              stop -> {
                stop.receiveOk();
                throw new IOException("too late");
              });
          group.run();
        });
  }

  @ParameterizedTest
  @EnumSource
  void laterFailuresAreSuppressedInTheFirst(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var first = new IOException("first");
          var second = new IOException("second");
          var group = new WorkGroup();
          group.add(
              stop -> {
                throw first;
              });
          group.add(
              stop -> {
                stop.receiveOk();
                throw second;
              });
          assertSame(first, assertThrows(IOException.class, group::<IOException>run));
          assertEquals(List.of(second), List.of(first.getSuppressed()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aContextThatEndsFirstIsTheResult(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var ended = new AtomicInteger();
          Channel<Integer> running = Channel.make();
          var group = new WorkGroup();
          group.add(
              stop -> {
                running.send(1);
                stop.receiveOk();
                ended.incrementAndGet();
              });
          try (var ctx = Context.withCancel(Context.background())) {
            Goroutine runner = go(() -> assertThrows(Context.Canceled.class, () -> group.run(ctx)));
            running.receive();
            ctx.cancel();
            runner.join();
          }
          assertEquals(1, ended.get());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionThatReturnsBeforeTheContextEndsIsTheResult(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var failure = new IOException("listen");
          var group = new WorkGroup();
          group.add(
              stop -> {
                throw failure;
              });
          try (var ctx = Context.withCancel(Context.background())) {
            assertSame(failure, assertThrows(IOException.class, () -> group.<IOException>run(ctx)));
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptStopsAllAndWaitsForThem(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Integer> running = Channel.make();
          Channel<Integer> release = Channel.make();
          Channel<Boolean> told = Channel.make(1);
          var ended = new AtomicInteger();
          var group = new WorkGroup();
          group.add(
              stop -> {
                running.send(1);
                stop.receiveOk();
                told.send(true);
                release.receiveOk();
                ended.incrementAndGet();
              });
          Goroutine runner =
              go(
                  () -> {
                    assertThrows(InterruptedException.class, group::run);
                    assertEquals(1, ended.get());
                    assertTrue(Thread.interrupted(), "the second interrupt is kept");
                  });
          running.receive();
          Until.in(runner, "chan receive");
          runner.thread().interrupt();
          told.receive();
          Until.in(runner, "chan receive");
          runner.thread().interrupt(); // does not end the wait
          Until.holds(() -> !runner.thread().isInterrupted()); // it has noticed
          release.close();
          runner.join();
        });
  }
}
