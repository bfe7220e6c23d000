package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/**
 * How much memory a channel holds on to: facts of the code, not of a run, that must not grow
 * unseen.
 *
 * <p>The bytes are those of a 64-bit HotSpot with compressed references and without compact
 * headers, which is the default up to 32 GB of heap. Weighed by JOL: everything that can be reached
 * from one channel and not from another.
 */
class FootprintTest {

  private static Channel<Integer> fresh(int capacity) {
    return Channel.make(capacity);
  }

  /** A channel at which that many receivers and then that many senders have waited at once. */
  private static Channel<Integer> used(int capacity, int waiters) throws InterruptedException {
    Channel<Integer> c = fresh(capacity);
    var receivers = start(waiters, c::receive);
    for (int i = 0; i < waiters; i++) {
      c.send(1);
    }
    join(receivers);
    for (int i = 0; i < capacity; i++) {
      c.send(1);
    }
    var senders = start(waiters, () -> c.send(1));
    for (int i = 0; i < waiters + capacity; i++) {
      Integer unused = c.receive();
    }
    join(senders);
    return c;
  }

  private interface Operation {
    void run() throws InterruptedException;
  }

  private static final AtomicReference<Throwable> failure = new AtomicReference<>();

  /** Starts threads, and returns when all of them wait. */
  private static List<Thread> start(int count, Operation operation) {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < count; i++) {
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .uncaughtExceptionHandler((thread, e) -> failure.set(e))
              .start(
                  () -> {
                    try {
                      operation.run();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  }));
    }
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        assertTrue(thread.isAlive(), "did not wait");
        Thread.onSpinWait();
      }
    }
    return threads;
  }

  private static void join(List<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(null, failure.get());
  }

  private static GraphLayout graph(Channel<?>... channels) {
    return GraphLayout.parseInstance((Object[]) channels);
  }

  /** What one channel more adds. */
  private static long bytes(Channel<?> one, Channel<?> more) {
    return graph(one, more).totalSize() - graph(one).totalSize();
  }

  private static long objects(Channel<?> one, Channel<?> more) {
    return graph(one, more).totalCount() - graph(one).totalCount();
  }

  /** Go's hchan is 96 bytes and has its buffer beside it. */
  @ParameterizedTest
  @CsvSource({"0, 96", "1, 200", "16, 400", "100, 1750", "1024, 12500"})
  void aNewChannelIsSmall(int capacity, long limit) {
    long bytes = bytes(fresh(capacity), fresh(capacity));
    assertTrue(0 < bytes && bytes <= limit, () -> bytes + " bytes instead of " + limit);
  }

  /** The channel itself; with a buffer the queue and its two arrays too. */
  @ParameterizedTest
  @CsvSource({"0, 1", "1, 4", "16, 4", "1024, 4"})
  void aNewChannelIsMadeOfFewObjects(int capacity, long limit) {
    long objects = objects(fresh(capacity), fresh(capacity));
    assertTrue(0 < objects && objects <= limit, () -> objects + " objects instead of " + limit);
  }

  /** For each side that has waited: a list and its front waiter. */
  @ParameterizedTest
  @CsvSource({"0, 240, 5", "16, 540, 8"})
  void aChannelWhereOneThreadOfEachSideHasWaitedKeepsNoMore(
      int capacity, long byteLimit, long objectLimit) throws InterruptedException {
    var one = used(capacity, 1);
    var more = used(capacity, 1);
    long bytes = bytes(one, more);
    long objects = objects(one, more);
    assertTrue(bytes <= byteLimit, () -> bytes + " bytes instead of " + byteLimit);
    assertTrue(objects <= objectLimit, () -> objects + " objects instead of " + objectLimit);
  }

  /** What is kept for a crowd is counted in its greatest number, whatever the waits come to. */
  @ParameterizedTest
  @CsvSource({"0, 8, 1000", "0, 64, 6300", "16, 8, 1300"})
  void aCrowdThatHasGoneLeavesItsPlacesAndNoMore(int capacity, int waiters, long limit)
      throws InterruptedException {
    var one = used(capacity, waiters);
    var more = used(capacity, waiters);
    long bytes = bytes(one, more);
    assertTrue(bytes <= limit, () -> bytes + " bytes instead of " + limit);
  }

  @Test
  void theCommandWeighsTheSame() throws Exception {
    var contender = Contenders.make(Contenders.OURS);
    for (int capacity : Footprint.CAPACITIES) {
      assertEquals(
          (double) bytes(fresh(capacity), fresh(capacity)),
          FootprintFork.channel(contender, capacity));
    }
  }

  @Test
  void everybodyWaitsInEveryWayThatThereIs() throws Exception {
    for (String name : List.of("channel4j", "channel4j-oneshot", "kotlin", "jox", "juc")) {
      Contender contender = Contenders.make(name);
      for (Contender.Wait wait : Contender.Wait.values()) {
        if (contender.supports(wait)) {
          Object parked = contender.park(10, wait);
          assertTrue(parked != null, () -> name + " " + wait);
        }
      }
    }
    assertFalse(Contenders.make("juc").supports(Contender.Wait.SELECT));
  }
}
