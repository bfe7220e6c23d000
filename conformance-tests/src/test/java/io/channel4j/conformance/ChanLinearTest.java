package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.fail;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to Go's test/chanlinear.go: to leave the waiter list of a channel takes constant time,
 * however many wait there.
 *
 * <p>Ten times the waiters take ten times as long if the algorithm is linear, and a hundred times
 * if it is quadratic. The line is drawn at 35, and three attempts out of three must cross it for a
 * failure: a pause of the machine would have to hit the large run, and not the small one, three
 * times with more than twice the length of the run. To measure is not to sample, so no odds can be
 * given for that; but a false alarm costs two such coincidences more than a slow run does.
 */
class ChanLinearTest {
  private static final int FEW = 1_000;
  private static final int MANY = 10 * FEW;
  private static final int MESSAGES = 5;
  private static final double LIMIT = 35;
  private static final int ATTEMPTS = 3;

  enum Shape {
    ONE_SHOT_SELECTS {
      @Override
      void wakeAllInTurn(Goroutines g, int n) throws Exception {
        wake(g, n, false);
      }
    },
    LOOP_SELECTS {
      @Override
      void wakeAllInTurn(Goroutines g, int n) throws Exception {
        wake(g, n, true);
      }
    },
    INTERRUPTED_RECEIVES {
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
      shape.wakeAllInTurn(g, FEW); // warm
      for (int i = 0; i < ATTEMPTS; i++) {
        double few = nanos(g, shape, FEW);
        double many = nanos(g, shape, MANY);
        ratios.add(many / few);
        if (many / few < LIMIT) {
          return;
        }
      }
    }
    fail(MANY + " waiters against " + FEW + " took so many times as long: " + ratios);
  }

  private static double nanos(Goroutines g, Shape shape, int n) throws Exception {
    System.gc();
    long start = System.nanoTime();
    shape.wakeAllInTurn(g, n);
    return System.nanoTime() - start;
  }
}
