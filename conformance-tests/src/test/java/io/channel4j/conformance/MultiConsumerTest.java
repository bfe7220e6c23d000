package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to Go's runtime/chan_test.go, TestMultiConsumer: many workers range over one channel and
 * send to another; nothing is lost or doubled, and the closes run through.
 */
class MultiConsumerTest {
  private static final int WORKERS = 23;
  private static final int VALUES = 100_003;
  private static final int[] PRIMES = {2, 3, 7, 11, 13, 17, 19, 23, 27, 31};

  @ParameterizedTest
  @EnumSource
  void theSumIsExact(ThreadKind kind) throws Exception {
    Channel<Integer> tasks = Channel.make(WORKERS * 3, 0);
    Channel<Integer> results = Channel.make(WORKERS * 3, 0);
    long expected = 0;
    for (int i = 0; i < VALUES; i++) {
      expected += PRIMES[i % PRIMES.length];
    }
    try (var g = new Goroutines(kind)) {
      var working = new CountDownLatch(WORKERS);
      for (int w = 0; w < WORKERS; w++) {
        int slowAt = PRIMES[w % PRIMES.length];
        g.go(
            () -> {
              for (int v : tasks) {
                if (v == slowAt) {
                  Thread.onSpinWait(); // so that workers do not go in step
                }
                results.send(v);
              }
              working.countDown();
            });
      }
      g.go(
          () -> {
            for (int i = 0; i < VALUES; i++) {
              tasks.send(PRIMES[i % PRIMES.length]);
            }
            tasks.close();
            working.await();
            results.close();
          });
      long[] countAndSum = new long[2];
      results.range(
          v -> {
            countAndSum[0]++;
            countAndSum[1] += v;
          });
      assertEquals(VALUES, countAndSum[0]);
      assertEquals(expected, countAndSum[1]);
      g.await();
    }
  }
}
