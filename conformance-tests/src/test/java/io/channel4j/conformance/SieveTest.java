package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Prime sieves made of goroutines, whose first primes are checked. */
class SieveTest {
  private static final int PRIMES = 150;

  /** Answers to Go's test/chan/sieve1.go: a chain of filters, one for each prime. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void chainOfFilters(int capacity, ThreadKind kind) throws Exception {
    try (var g = new Goroutines(kind)) {
      Channel<Integer> numbers = Channel.make(capacity, 0);
      g.go(
          () -> {
            for (int i = 2; ; i++) {
              numbers.send(i);
            }
          });
      ReceiveChannel<Integer> in = numbers;
      BigInteger expected = BigInteger.TWO;
      for (int i = 0; i < PRIMES; i++) {
        int prime = requireNonNull(in.receive());
        assertEquals(expected.intValue(), prime);
        expected = expected.nextProbablePrime();
        in = filter(g, in, prime, capacity);
      }
    }
  }

  private static ReceiveChannel<Integer> filter(
      Goroutines g, ReceiveChannel<Integer> in, int prime, int capacity) {
    Channel<Integer> out = Channel.make(capacity, 0);
    g.go(
        () -> {
          for (int i : in) {
            if (i % prime != 0) {
              out.send(i);
            }
          }
        });
    return out;
  }

  /**
   * Answers to Go's test/chan/sieve2.go: odd candidates less their composites, which are merged
   * from one goroutine of multiples per prime. The primes feed back into the merger, through a
   * proxy that buffers without bound, so that the loop cannot lock up.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void mergeOfMultiples(int capacity, ThreadKind kind) throws Exception {
    try (var g = new Goroutines(kind)) {
      Channel<Integer> primes = Channel.make(capacity, 0);
      Channel<Integer> composites = Channel.make(capacity, 0);
      Channel<Integer> feedback = Channel.make(capacity, 0);
      SendChannel<Integer> proxy = proxy(g, feedback, capacity);
      g.go(() -> merge(g, feedback, composites, capacity));
      g.go(() -> sift(g, composites, proxy, primes, capacity));
      BigInteger expected = BigInteger.valueOf(3);
      for (int i = 0; i < PRIMES; i++) {
        assertEquals(expected.intValue(), primes.receive());
        expected = expected.nextProbablePrime();
      }
    }
  }

  private static ReceiveChannel<Integer> count(Goroutines g, int from, int step, int capacity) {
    Channel<Integer> out = Channel.make(capacity, 0);
    g.go(
        () -> {
          for (int n = from; ; n += step) {
            out.send(n);
          }
        });
    return out;
  }

  private record Multiples(int next, ReceiveChannel<Integer> rest) {}

  /** Odd composites in order, each once. A prime's multiples matter from its square on. */
  private static void merge(
      Goroutines g, ReceiveChannel<Integer> primes, SendChannel<Integer> out, int capacity)
      throws InterruptedException {
    var heads = new PriorityQueue<>(Comparator.comparingInt(Multiples::next));
    int pending = 3;
    int last = 0;
    for (; ; ) {
      Multiples first = heads.peek();
      if (first == null || first.next() >= pending * pending) {
        var all = count(g, pending * pending, 2 * pending, capacity);
        heads.add(new Multiples(requireNonNull(all.receive()), all));
        int sent = requireNonNull(primes.receive()); // 3 first, then the one after pending
        assertEquals(pending, sent);
        pending = nextOddPrime(pending);
        continue;
      }
      Multiples m = requireNonNull(heads.poll());
      if (m.next() != last) {
        last = m.next();
        out.send(last);
      }
      heads.add(new Multiples(requireNonNull(m.rest().receive()), m.rest()));
    }
  }

  private static int nextOddPrime(int p) {
    return BigInteger.valueOf(p).nextProbablePrime().intValueExact();
  }

  private static void sift(
      Goroutines g,
      ReceiveChannel<Integer> composites,
      SendChannel<Integer> proxy,
      SendChannel<Integer> primes,
      int capacity)
      throws InterruptedException {
    var candidates = count(g, 3, 2, capacity);
    int candidate = requireNonNull(candidates.receive());
    proxy.send(candidate); // the merger cannot start without a prime
    primes.send(candidate);
    candidate = requireNonNull(candidates.receive());
    for (int c : composites) {
      for (; candidate < c; candidate = requireNonNull(candidates.receive())) {
        proxy.send(candidate);
        primes.send(candidate);
      }
      if (candidate == c) {
        candidate = requireNonNull(candidates.receive());
      }
    }
  }

  /** A channel that takes any number of values, in front of one that does not. */
  private static SendChannel<Integer> proxy(Goroutines g, SendChannel<Integer> out, int capacity) {
    Channel<Integer> in = Channel.make(capacity, 0);
    g.go(
        () -> {
          var waiting = new ArrayDeque<Integer>();
          var select = Select.loop();
          var take = select.receive(in);
          var give = select.<Integer>send(null);
          for (; ; ) {
            if (waiting.isEmpty()) {
              give.channel(null);
            } else {
              give.channel(out);
              give.value(waiting.getFirst());
            }
            if (select.await() == take) {
              waiting.addLast(requireNonNull(take.value()));
            } else {
              waiting.removeFirst();
            }
          }
        });
    return in;
  }
}
