package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who insists on looking although others need the core, how that is learnt, and who leaves it. */
class PatienceTest {
  private static final int ALL = 1 << 26;
  private static final boolean ONE_CORE = Runtime.getRuntime().availableProcessors() == 1;

  /** A try without trust goes well. */
  @BeforeEach
  @AfterEach
  void forgetFailures() {
    assertEquals(1, Patience.learned(0, true));
  }

  /** For how many of all numbers that a wait may draw, the upper bits apart, which do not count. */
  private static int count(IntPredicate drawn) {
    int n = 0;
    for (int i = 0; i < ALL; i++) {
      n += drawn.test(i) ? 1 : 0;
    }
    return n;
  }

  private static void expectTries(int expected) {
    assertEquals(ONE_CORE ? 0 : expected, count(i -> Patience.insists(0, i)));
  }

  private static void withOthers(int others, Runnable whileTheyNeedACore) {
    for (int i = 0; i < others; i++) {
      Patience.needsCore();
    }
    try {
      whileTheyNeedACore.run();
    } finally {
      for (int i = 0; i < others; i++) {
        Patience.runs();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void oneWaitInEightThousandLeavesTheCore(int others) {
    withOthers(others, () -> assertEquals(ALL / 8192, count(Patience::leavesCore)));
  }

  /**
   * If three others need the core: one wait in 1,024 leaves it, and after each fourth of these all
   * six that follow, whatever they draw.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void oneWaitInAThousandLeavesTheCoreToOthersAndNowAndThenAllDo(int others) {
    withOthers(
        others,
        () -> {
          for (int turn = 1; turn <= 100; turn++) {
            for (int lot = 1; lot <= others; lot++) {
              int drawn = ((others + 1) * turn + lot) << 10;
              assertTrue(Patience.leavesCore(drawn));
              assertFalse(Patience.leavesCore(drawn + 1));
            }
            assertTrue(Patience.leavesCore(((others + 1) * turn) << 10));
            for (int n = 0; n < 2 * others; n++) {
              assertTrue(Patience.leavesCore((turn << 10) | 1));
            }
            assertFalse(Patience.leavesCore((turn << 10) | 1));
          }
        });
  }

  /** What is left of it when the crowd is gone holds up nobody who comes later. */
  @Test
  void leavingEndsWithTheCrowd() {
    withOthers(
        1000,
        () -> {
          assertTrue(Patience.leavesCore(1001 << 10));
          assertTrue(Patience.leavesCore(1));
        });
    int leave = 0;
    while (Patience.leavesCore(1)) {
      leave++;
    }
    assertEquals(1, leave);
  }

  /** Who has had to wait for a core and has got it is counted no more, however he waited. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whoRunsAgainNeedsNoCore(boolean virtual) throws InterruptedException {
    Channel<Integer> c = Channel.make(0);
    var parked = new CountDownLatch(1);
    Runnable waits =
        () -> {
          Patience.leaveCore();
          Patience.stepAside();
          parked.countDown();
          try {
            assertEquals(1, c.receive());
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        };
    Thread t = virtual ? Thread.ofVirtual().start(waits) : Thread.ofPlatform().start(waits);
    parked.await();
    while (t.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    c.send(1);
    t.join();
    assertEquals(!ONE_CORE, Patience.mayLook());
  }

  @Test
  void withTrustAllInsist() {
    assertEquals(ONE_CORE ? 0 : ALL, count(i -> Patience.insists(1, i)));
  }

  @Test
  void triesAreRarerTheMoreHaveFailed() {
    int often = ALL / 32;
    for (int failed = 0; failed <= 10; failed++) {
      expectTries(often >> Math.min(failed, 8));
      assertEquals(0, Patience.learned(0, false));
    }
    assertEquals(1, Patience.learned(0, true));
    expectTries(often);
  }

  /** What fails with trust says nothing about channels that know nothing. */
  @Test
  void onlyTriesCount() {
    for (int i = 0; i < 100; i++) {
      assertEquals(2, Patience.learned(10, false));
    }
    expectTries(ALL / 32);
  }

  @Test
  void trustGrowsByOneAndFallsByEight() {
    byte trust = 0;
    for (int i = 0; i < 100; i++) {
      trust = Patience.learned(trust, true);
    }
    assertEquals(64, trust);
    for (int left = 56; left >= 0; left -= 8) {
      trust = Patience.learned(trust, false);
      assertEquals(left, trust);
    }
    for (int i = 0; i < 7; i++) {
      trust = Patience.learned(trust, true);
    }
    assertEquals(7, trust);
    assertEquals(0, Patience.learned(trust, false));
  }
}
