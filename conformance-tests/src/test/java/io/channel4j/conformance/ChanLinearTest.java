package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.OperatingSystemMXBean;
import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to Go's test/chanlinear.go: to leave the waiter list of a channel takes constant time,
 * however many wait there.
 *
 * <p>Ten lines of waiters, one after the other, cost as much as one line ten times as long if the
 * algorithm is linear, and a tenth of it if it is quadratic. The limit is 2, and ten attempts out
 * of ten must cross it for a failure. What is compared is the time of the processors that this JVM
 * had, so that the load of the machine does not count. To measure is not to sample: no odds can be
 * given for a false alarm. With a search from the front planted in {@code leave} it was 2.3 to 4.8;
 * as it is, 0.7 to 1.
 */
@Tag("growth") // RepeatedSuite leaves it out
class ChanLinearTest {
  private static final int MESSAGES = 5;
  private static final int LINES = 10;
  private static final double LIMIT = 2;
  private static final int ATTEMPTS = 10;
  private static final OperatingSystemMXBean PROCESSORS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  enum Shape {
    ONE_SHOT_SELECTS(3_000) {
      @Override
      void wakeAllInTurn(Goroutines g, int n) throws Exception {
        wake(g, n, false);
      }
    },
    LOOP_SELECTS(3_000) {
      @Override
      void wakeAllInTurn(Goroutines g, int n) throws Exception {
        wake(g, n, true);
      }
    },
    INTERRUPTED_RECEIVES(10_000) {
      @Override
      void wakeAllInTurn(Goroutines g, int n) throws Exception {
        Channel<Integer> shared = Channel.make();
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < n; i++) {
          waiters.add(g.call(() -> shared.receive()).thread());
        }
        g.awaitBlocked(shared, n, 0);
        for (int i = n - 1; i >= 0; i--) { // the worst order for who searches from the front
          waiters.get(i).interrupt();
        }
        g.await();
      }
    };

    final int few; // as many as it takes for a search to cost more than all the rest, times ten

    Shape(int few) {
      this.few = few;
    }

    abstract void wakeAllInTurn(Goroutines g, int n) throws Exception;

    /** Everybody waits on one shared channel and one of his own, and is woken by his own. */
    private static void wake(Goroutines g, int n, boolean loop) throws Exception {
      Channel<Integer> shared = Channel.make();
      List<Channel<Integer>> own = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        Channel<Integer> mine = Channel.make();
        own.add(mine);
        g.go(loop ? () -> loop(shared, mine) : () -> oneShots(shared, mine));
      }
      for (int m = 0; m < MESSAGES; m++) {
        for (Channel<Integer> c : own) {
          c.send(m);
        }
      }
      g.await();
    }

    private static void oneShots(Channel<Integer> shared, Channel<Integer> mine)
        throws InterruptedException {
      for (int m = 0; m < MESSAGES; m++) {
        boolean unused =
            Select.<Boolean>of()
                .receive(shared, v -> true)
                .receive(mine, v -> false)
                .<RuntimeException>await();
      }
    }

    private static void loop(Channel<Integer> shared, Channel<Integer> mine)
        throws InterruptedException {
      var select = Select.loop();
      var never = select.receive(shared);
      var always = select.receive(mine);
      for (int m = 0; m < MESSAGES; m++) {
        if (select.await() != always) {
          throw new AssertionError("received from nobody: " + never.ok());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavingALineIsNotASearch(Shape shape) throws Exception {
    List<Double> ratios = new ArrayList<>();
    try (var g = new Goroutines(ThreadKind.VIRTUAL, Duration.ofSeconds(50))) {
      for (int i = 0; i < ATTEMPTS; i++) {
        double shortOnes = nanos(g, shape, LINES, shape.few);
        double longOne = nanos(g, shape, 1, LINES * shape.few);
        ratios.add(longOne / shortOnes);
        if (longOne / shortOnes < LIMIT) {
          return;
        }
      }
    }
    fail("one long line against %d short ones, times the cost: %s".formatted(LINES, ratios));
  }

  private static double nanos(Goroutines g, Shape shape, int lines, int waiters) throws Exception {
    System.gc();
    long start = PROCESSORS.getProcessCpuTime();
    for (int i = 0; i < lines; i++) {
      shape.wakeAllInTurn(g, waiters);
    }
    return PROCESSORS.getProcessCpuTime() - start;
  }
}
