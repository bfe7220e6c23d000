package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** More goroutines than cores at each of a few busy channels. */
class CrowdTest {
  private static final int WIDTH = 4;

  /**
   * Pairs that serve each other may stay on their cores for a while, but not for ever: one that has
   * nothing to do with them gets the core a thousand times, and so does everybody in the crowds.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10, 16})
  @SuppressWarnings("ThreadPriorityCheck") // the yields are what is counted
  void everybodyGetsTheCore(int capacity) throws InterruptedException {
    int crowds = Runtime.getRuntime().availableProcessors();
    var enough = new AtomicBoolean();
    var sent = new LongAdder();
    var received = new LongAdder();
    var served = new CountDownLatch(2 * crowds * WIDTH);
    try (var g = new Goroutines(ThreadKind.VIRTUAL)) {
      List<Channel<Integer>> channels = new ArrayList<>();
      var sendersLeft = new CountDownLatch(crowds * WIDTH);
      for (int i = 0; i < crowds; i++) {
        Channel<Integer> c = Channel.make(capacity);
        channels.add(c);
        for (int k = 0; k < WIDTH; k++) {
          g.go(
              () -> {
                for (long n = 1; !enough.get(); n++) {
                  c.send(1);
                  sent.increment();
                  if (n == 100) {
                    served.countDown();
                  }
                }
                sendersLeft.countDown();
              });
          g.go(
              () -> {
                long n = 0;
                for (int v : c) {
                  received.add(v);
                  if (++n == 100) {
                    served.countDown();
                  }
                }
              });
        }
      }
      g.go(
          () -> {
            served.await();
            for (int i = 0; i < 1_000; i++) {
              Thread.yield();
            }
            enough.set(true);
            sendersLeft.await();
            channels.forEach(Channel::close);
          });
      g.await();
    }
    assertTrue(sent.sum() >= 100L * crowds * WIDTH);
    assertEquals(sent.sum(), received.sum());
  }
}
