package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to Go's test/chan/goroutines.go: a value runs through 10,000 goroutines in a row. */
class GoroutinesChainTest {
  private static final int LINKS = 10_000;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16})
  void aValueRunsThroughAChain(int capacity) throws Exception {
    Channel<Integer> leftmost = Channel.make(capacity, 0);
    try (var g = new Goroutines()) {
      Channel<Integer> left = leftmost;
      for (int i = 0; i < LINKS; i++) {
        Channel<Integer> to = left;
        Channel<Integer> from = Channel.make(capacity, 0);
        g.go(() -> to.send(1 + requireNonNull(from.receive())));
        left = from;
      }
      Channel<Integer> rightmost = left;
      g.go(() -> rightmost.send(0));
      assertEquals(LINKS, leftmost.receive());
      g.await();
    }
  }
}
