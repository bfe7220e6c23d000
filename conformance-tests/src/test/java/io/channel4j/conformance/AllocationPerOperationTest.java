package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What one operation allocates, form by form: nothing, or one object that is its answer, or what
 * its javadoc says. A guard against regressions that no clock is needed for.
 *
 * <p>Bytes are those of a 64-bit HotSpot with compressed references, without compact headers. The
 * limits leave room for a field or two, not for another object.
 */
@Tag("heap")
class AllocationPerOperationTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int OPERATIONS = 8_000;

  /** What is made in each operation is made in every pass; what is made once is not. */
  private static final int PASSES = 6;

  /** For what a pass may make once: code that is still interpreted, a ring that grows. */
  private static final long SLACK = 6 * 1_024;

  /** A record of a value and one or two flags. */
  private static final int ANSWER = 24;

  @FunctionalInterface
  private interface Operation {
    void run() throws InterruptedException;
  }

  /** Where results go that the compiler must not leave out. */
  private static volatile @Nullable Object sink;

  private static long allocatedBy(int times, Operation operation) throws InterruptedException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < times; i++) {
      operation.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static void assertAtMost(long bytesPerOperation, Operation operation)
      throws InterruptedException {
    long allowed = SLACK + bytesPerOperation * OPERATIONS;
    long least = Long.MAX_VALUE;
    for (int pass = 0; least > allowed && pass < PASSES; pass++) {
      least = Math.min(least, allocatedBy(OPERATIONS, operation));
    }
    double bytes = (double) least / OPERATIONS;
    assertTrue(least <= allowed, () -> bytes + " bytes per operation, not " + bytesPerOperation);
  }

  private static DynamicTest test(String name, long bytesPerOperation, Operation operation) {
    return DynamicTest.dynamicTest(name, () -> assertAtMost(bytesPerOperation, operation));
  }

  @TestFactory
  Stream<DynamicTest> operationsThatNeedNotWaitMakeNoGarbage() throws InterruptedException {
    Channel<String> c = Channel.make(16);
    Channel<String> empty = Channel.make(16);
    Channel<String> full = Channel.make(1);
    full.send("v");
    Channel<String> unbuffered = Channel.make();
    Channel<String> closed = Channel.make();
    closed.close();
    Channel<String> nil = Channel.nil();
    return Stream.of(
        test(
            "send and receive",
            0,
            () -> {
              c.send("v");
              sink = c.receive();
            }),
        test(
            "send of null",
            0,
            () -> {
              c.send(nullable());
              sink = c.receive();
            }),
        test(
            "trySend",
            0,
            () -> {
              assertTrue(c.trySend("v"));
              sink = c.receive();
            }),
        test("trySend, full", 0, () -> sink = full.trySend("w") ? "sent" : ""),
        test("trySend, nobody receives", 0, () -> sink = unbuffered.trySend("w") ? "sent" : ""),
        test(
            "trySend, timed out at once",
            0,
            () -> sink = full.trySend("w", Duration.ZERO) ? "" : c),
        test("tryReceive, empty", 0, () -> sink = empty.tryReceive()),
        test("tryReceive, nobody sends", 0, () -> sink = unbuffered.tryReceive()),
        test("tryReceive, nil", 0, () -> sink = nil.tryReceive()),
        test("receive, closed", 0, () -> sink = closed.receive()),
        test("len and cap", 0, () -> sink = c.len() + c.cap() == 16 ? "" : c));
  }

  @SuppressWarnings("NullAway") // a channel of strings carries nulls as well
  private static String nullable() {
    return null;
  }

  @TestFactory
  Stream<DynamicTest> operationsThatAnswerInARecordAllocateThatRecord()
      throws InterruptedException {
    Channel<String> c = Channel.make(16);
    Channel<String> closed = Channel.make();
    closed.close();
    return Stream.of(
        test(
            "tryReceive of a value",
            ANSWER,
            () -> {
              c.send("v");
              sink = c.tryReceive();
            }),
        test(
            "receiveOk of a value",
            ANSWER,
            () -> {
              c.send("v");
              sink = c.receiveOk();
            }),
        test("tryReceive, closed", ANSWER, () -> sink = closed.tryReceive()),
        test("receiveOk, closed", ANSWER, () -> sink = closed.receiveOk()));
  }

  @TestFactory
  Stream<DynamicTest> loopSelectsMakeNoGarbage() throws InterruptedException {
    return IntStream.of(1, 2, 8, 64, 1_024)
        .mapToObj(AllocationPerOperationTest::loopSelects)
        .flatMap(tests -> tests);
  }

  private static Stream<DynamicTest> loopSelects(int cases) {
    Channel<String> hot = Channel.make(1);
    var ready = Select.loop();
    var quiet = Select.loop();
    for (int i = 1; i < cases; i++) {
      var unusedIdle = ready.receive(Channel.<String>make());
      var unusedQuiet = quiet.send(Channel.make(), "v");
    }
    var unusedHot = ready.receive(hot);
    var unusedLast = quiet.receive(Channel.<String>make(3));
    return Stream.of(
        test(
            cases + " cases, one ready",
            0,
            () -> {
              hot.send("v");
              sink = ready.await();
            }),
        test(
            cases + " cases, one ready, timed",
            0,
            () -> {
              hot.send("v");
              sink = ready.poll(Duration.ZERO);
            }),
        test(cases + " cases, none ready", 0, () -> sink = quiet.poll()));
  }

  /**
   * A select that is made anew for each choice: the select, and for each case the case and its
   * body.
   */
  @TestFactory
  Stream<DynamicTest> oneShotSelectsAllocateByTheCase() {
    return IntStream.of(1, 2, 8, 64)
        .mapToObj(
            cases -> {
              Channel<String> hot = Channel.make(1);
              Channel<String> idle = Channel.make();
              return test(
                  cases + " cases",
                  350 + 140L * cases,
                  () -> {
                    hot.send("v");
                    var select = Select.<String>of().receive(hot, v -> v);
                    for (int i = 1; i < cases; i++) {
                      select.receive(idle, v -> v);
                    }
                    sink = select.await();
                  });
            });
  }

  @ParameterizedTest
  @CsvSource({"0, 96", "1, 200", "16, 400", "100, 1750"})
  void aChannelAllocatesNoMoreThanItKeeps(int capacity, long limit) throws InterruptedException {
    assertAtMost(limit, () -> sink = Channel.<String>make(capacity));
  }

  /** The side's list and its front waiter: 80 bytes in two objects, kept for all later waits. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16})
  void theFirstWaitOfAChannelMakesItsListAndOneWaiter(int capacity) {
    int rounds = 500;
    var bytes = new AtomicLong();
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      for (int round = 0; round < 2; round++) { // the first is warm-up
        bytes.set(0);
        for (int i = 0; i < rounds; i++) {
          Channel<String> c = Channel.make(capacity);
          Thread unused = g.go(() -> bytes.addAndGet(allocatedBy(1, () -> sink = c.receive())));
          g.awaitBlocked(c, 1, 0);
          assertTrue(c.trySend("v"));
        }
        g.await();
      }
    }
    assertTrue(bytes.get() <= 112L * rounds, () -> bytes.get() / rounds + " bytes per first wait");
  }

  /**
   * Each waiter beyond the first takes a place of 40 bytes in a ring. Rings double until one of
   * them holds the whole crowd; from then on crowds of that size find their places.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 16})
  void aCrowdMakesOnePlaceForEachWaiterAndLaterCrowdsNone(int capacity)
      throws InterruptedException {
    int crowd = 200; // fewer than a ring that is kept may have
    warmUpCrowds(capacity);
    Channel<String> c = Channel.make(capacity);
    for (int i = 0; i < 3; i++) {
      long bytes = crowd(c, crowd);
      assertTrue(bytes <= crowd * 72L, () -> bytes / crowd + " bytes per waiter");
    }
    long later = 0;
    for (int i = 0; i < 3; i++) {
      later += crowd(c, crowd);
    }
    long bytes = later;
    assertTrue(bytes <= SLACK, () -> bytes + " bytes for crowds that could find their places");
  }

  private static void warmUpCrowds(int capacity) throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      long unused = crowd(Channel.make(capacity), 50);
    }
  }

  /** What that many receivers allocate who wait on the channel at once. */
  private static long crowd(Channel<String> c, int count) throws InterruptedException {
    var bytes = new AtomicLong();
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        threads.add(g.go(() -> bytes.addAndGet(allocatedBy(1, () -> sink = c.receive()))));
      }
      g.awaitBlocked(c, threads.size(), 0);
      for (int i = 0; i < count; i++) {
        c.send("v");
      }
      g.await();
    }
    return bytes.get();
  }
}
