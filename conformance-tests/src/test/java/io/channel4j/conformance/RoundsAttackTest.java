package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A select in a loop beside an idle {@code done} channel leaves nothing there, round after round.
 *
 * <p>The system property {@code channel4j.attack.rounds} says how many rounds: 10,000,000 is the
 * number to show it with.
 */
@Timeout(600)
class RoundsAttackTest {
  private static final int ROUNDS = Integer.getInteger("channel4j.attack.rounds", 500_000);
  private static final Duration LIMIT = Duration.ofMinutes(9);
  private static final long FLAT = 2 << 20;

  /** A list keeps at most max(32, 2 * live) dead places since its last sweep. */
  private static final int MAX_PLACES = 100;

  private interface Round {
    int next() throws InterruptedException;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void oneShot(int longLived) throws InterruptedException {
    Channel<Integer> in = Channel.make();
    Channel<Integer> done = Channel.make();
    rounds(
        longLived,
        in,
        done,
        () -> Select.<Integer>of().receive(in, v -> v).receive(done, v -> -1).await());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void loop(int longLived) throws InterruptedException {
    Channel<Integer> in = Channel.make();
    Channel<Integer> done = Channel.make();
    var loop = Select.loop();
    var fromIn = loop.receive(in);
    var fromDone = loop.receive(done);
    rounds(longLived, in, done, () -> loop.await() == fromIn ? value(fromIn.value()) : -1);
    fromDone.disable();
    assertEquals(0, ((ChannelBase<?>) done).waitingReceivers());
  }

  private static int value(@org.jspecify.annotations.Nullable Integer v) {
    return v == null ? -2 : v;
  }

  private static void rounds(int longLived, Channel<Integer> in, Channel<Integer> done, Round round)
      throws InterruptedException {
    var idle = (ChannelBase<Integer>) done;
    try (var g = new Goroutines(ThreadKind.VIRTUAL, LIMIT)) {
      for (int i = 0; i < longLived; i++) {
        Thread unused = g.go(() -> assertEquals(null, done.receive()));
      }
      g.awaitBlocked(done, longLived, 0);
      Thread unused =
          g.go(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  in.send(i & 127);
                }
              });
      g.call(
              () -> {
                long early = 0;
                int most = 0;
                for (int i = 0; i < ROUNDS; i++) {
                  assertEquals(i & 127, round.next());
                  if (i % 1024 == 0) {
                    most = Math.max(most, idle.linkedPlaces());
                  }
                  if (i == ROUNDS / 10) {
                    early = usedHeap();
                  }
                }
                long late = usedHeap();
                assertTrue(late - early < FLAT, () -> "heap grew");
                assertTrue(most <= MAX_PLACES, most + " places");
                return late - early;
              })
          .get();
      // a loop's standing place is dormant between rounds, and does not count
      assertEquals(longLived, idle.waitingReceivers());
      assertTrue(idle.linkedPlaces() <= MAX_PLACES, () -> idle.linkedPlaces() + " places");
      done.close();
      g.await();
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
