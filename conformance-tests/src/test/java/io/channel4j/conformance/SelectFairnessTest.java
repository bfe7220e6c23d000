package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The choice among ready cases is uniform per case: semantics 23.
 *
 * <p>Odds of a false alarm: the thresholds below are the chi-square values that a fair select
 * passes with a probability of 1e-12, at 400 or more expected hits per cell. All tests of this
 * class together stay below 1e-9.
 */
class SelectFairnessTest {

  /** Degrees of freedom to the chi-square value that is exceeded with probability 1e-12. */
  private static final Map<Integer, Double> THRESHOLD =
      Map.of(
          1, 50.85, 2, 55.27, 3, 58.92, 4, 62.20, 7, 70.84, 9, 76.01, 15, 89.99, 31, 121.92, 63,
          176.72);

  /** Fails if the counts do not follow the weights; a cell of weight 0 must be empty. */
  private static void assertDistributed(String what, int[] counts, int... weights) {
    double total = Arrays.stream(counts).sum();
    double weight = Arrays.stream(weights).sum();
    double chiSquare = 0;
    int cells = 0;
    for (int i = 0; i < counts.length; i++) {
      double expected = total * weights[i] / weight;
      if (weights[i] == 0) {
        assertEquals(0, counts[i], what + ": case " + i + " is not ready but was chosen");
      } else {
        assertTrue(expected >= 400, "too few trials for " + what);
        chiSquare += (counts[i] - expected) * (counts[i] - expected) / expected;
        cells++;
      }
    }
    double threshold = Objects.requireNonNull(THRESHOLD.get(cells - 1));
    assertTrue(
        chiSquare <= threshold,
        "%s is unfair: chi-square %.1f > %.1f, counts %s, weights %s"
            .formatted(
                what, chiSquare, threshold, Arrays.toString(counts), Arrays.toString(weights)));
  }

  private static int[] ones(int n) {
    int[] weights = new int[n];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static Channel<Integer> closed() {
    Channel<Integer> c = Channel.make();
    c.close();
    return c;
  }

  private static int[] choose(Statement select, int cases, int trials) throws InterruptedException {
    int[] counts = new int[cases];
    for (int i = 0; i < trials; i++) {
      Choice c = i % 2 == 0 ? select.await() : select.poll();
      counts[c.index()]++;
    }
    return counts;
  }

  static Stream<Arguments> sizesAndForms() {
    return Stream.of(2, 3, 4, 5, 8, 10, 16, 32, 64)
        .flatMap(n -> Arrays.stream(SelectForm.values()).map(f -> Arguments.of(n, f)));
  }

  @ParameterizedTest
  @MethodSource("sizesAndForms")
  void allReady(int n, SelectForm form) throws InterruptedException {
    Statement select = form.statement();
    for (int i = 0; i < n; i++) {
      select.receive(closed());
    }
    assertDistributed(n + " ready cases", choose(select, n, 420 * Math.max(n, 8)), ones(n));
  }

  /**
   * A scan that starts at a random case chooses the first of two ready neighbours out of four in
   * three rounds of four; so every subset of four is looked at.
   */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void everySubsetOfFour(SelectForm form) throws InterruptedException {
    for (int ready = 1; ready < 16; ready++) {
      if (Integer.bitCount(ready) < 2) {
        continue;
      }
      Statement select = form.statement();
      int[] weights = new int[4];
      for (int i = 0; i < 4; i++) {
        weights[i] = ready >>> i & 1;
        select.receive(weights[i] == 1 ? closed() : Channel.<Integer>make());
      }
      assertDistributed(
          "ready set " + Integer.toBinaryString(ready), choose(select, 4, 4_000), weights);
    }
  }

  /** Nil and disabled cases in between change nothing, and neither do the kinds of readiness. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void allKindsOfReadiness(SelectForm form) throws InterruptedException {
    int trials = 6_000;
    int[] counts = new int[7];
    Channel<Integer> full = Channel.make(trials);
    for (int i = 0; i < trials; i++) {
      full.send(i);
    }
    Channel<Integer> roomy = Channel.make(trials);
    Statement select =
        form.statement()
            .receive(null)
            .receive(closed())
            .receive(Channel.<Integer>make(3))
            .receive(full)
            .send(Channel.<Integer>nil(), 1)
            .send(roomy, 1)
            .send(Channel.<Integer>make(), 1);
    for (int i = 0; i < trials; i++) {
      counts[select.await().index()]++;
    }
    assertDistributed("closed, full and roomy", counts, 0, 1, 0, 1, 0, 1, 0);
    assertEquals(counts[3], trials - full.len());
    assertEquals(counts[5], roomy.len());
  }

  /** The choice is per case, not per channel: a channel in two of three cases has 2/3. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void oneChannelInSeveralCases(SelectForm form) throws InterruptedException {
    Channel<Integer> twice = closed();
    int[] three =
        choose(form.statement().receive(twice).receive(closed()).receive(twice), 3, 6_000);
    assertDistributed("cases", three, 1, 1, 1);
    assertDistributed("channels", new int[] {three[0] + three[2], three[1]}, 2, 1);
    Statement select = form.statement();
    for (int i = 0; i < 9; i++) {
      select.receive(twice);
    }
    select.receive(closed());
    assertDistributed("nine and one", choose(select, 10, 8_000), ones(10));
  }

  /** One choice says nothing about the next. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void successiveChoicesAreIndependent(SelectForm form) throws InterruptedException {
    Statement select = form.statement();
    for (int i = 0; i < 4; i++) {
      select.receive(closed());
    }
    int[] pairs = new int[16];
    int[] apart = new int[16];
    int last = 0;
    int lastButOne = 0;
    for (int i = 0; i < 16_000; i++) {
      int chosen = select.await().index();
      pairs[last * 4 + chosen]++;
      apart[lastButOne * 4 + chosen]++;
      lastButOne = last;
      last = chosen;
    }
    assertDistributed("pairs of successive choices", pairs, ones(16));
    assertDistributed("pairs of choices but one", apart, ones(16));
  }

  /** Disabling and enabling cases in between leaves the choice uniform. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void casesThatComeAndGo(ThreadKind kind) {
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            var select = Select.loop();
            var cases = List.of(0, 1, 2, 3, 4).stream().map(i -> select.receive(closed())).toList();
            int[] counts = new int[5];
            for (int i = 0; i < 10_000; i++) {
              var out = cases.get(i % 5);
              out.disable();
              counts[select.await().index()]++;
              out.enable();
            }
            assertDistributed("five cases that take turns", counts, ones(5));
          });
      g.await();
    }
  }

  /**
   * Answers to TestSelectFairness of runtime/chan_test.go: two full channels, two idle ones, and a
   * second select that hands the values on. Go allows 10 sigma; the odds of 10 sigma are 2e-23.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void twoProducers(SelectForm form, ThreadKind kind) throws InterruptedException {
    int trials = 10_000;
    Channel<Integer> a = Channel.make(trials + 1);
    Channel<Integer> b = Channel.make(trials + 1);
    for (int i = 0; i <= trials; i++) {
      a.send(1);
      b.send(2);
    }
    Channel<Integer> idle = Channel.make();
    Channel<Integer> idleToo = Channel.make();
    Channel<Object> out = Channel.make();
    Channel<Integer> done = Channel.make();
    int[] counts = new int[3];
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement in = form.statement();
            for (var c : List.of(idle, idleToo, a, b)) {
              in.receive(c);
            }
            for (; ; ) {
              Object v = in.await().value();
              if (v == null) {
                throw new AssertionError("received null");
              }
              if (form.statement().send(out, v).receive(done).await().index() == 1) {
                return;
              }
            }
          });
      for (int i = 0; i < trials; i++) {
        counts[(Integer) Objects.requireNonNull(out.receive())]++;
      }
      done.close();
      g.await();
    }
    assertEquals(0, counts[0]);
    double sigma = Math.sqrt(trials * 0.25);
    assertTrue(Math.abs(counts[1] - trials / 2) <= 10 * sigma, () -> Arrays.toString(counts));
  }

  /**
   * Answers to TestPseudoRandomSend: a select that can send 0 or 1 on one channel sends both. Odds
   * that fewer than 11 of 100 are one of them: 4e-17.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#all")
  void bothValuesAreSent(int capacity, SelectForm form, ThreadKind kind) {
    int n = 100;
    Channel<Integer> c = Channel.make(capacity);
    var got = new ArrayList<Integer>();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < n; i++) {
              got.add(c.receive());
            }
          });
      g.go(
          () -> {
            Statement select = form.statement().send(c, 1).send(c, 0);
            for (int i = 0; i < n; i++) {
              Choice unused = select.await();
            }
          });
      g.await();
    }
    int ones = got.stream().mapToInt(i -> i).sum();
    assertTrue(ones > n / 10 && n - ones > n / 10, ones + " ones of " + n);
  }

  /**
   * The same where the select has to wait each time, with a place for each of its cases: a peer
   * serves any of them, as in Go, which queues them in random order. Odds as above.
   */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#all")
  void anyCaseOfAWaitingSelectIsServed(int capacity, SelectForm form, ThreadKind kind) {
    int n = 100;
    Channel<Integer> out = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(out.trySend(-1));
    }
    Channel<Integer> in = Channel.make(capacity);
    int[] counts = new int[4];
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement select = form.statement().send(out, 0).send(out, 1).receive(in).receive(in);
            for (int i = 0; i < 2 * n; i++) {
              counts[select.await().index()]++;
            }
          });
      for (int i = 0; i < 2 * n; i++) {
        Places.await(g, out, 0, 2);
        Places.await(g, in, 2, 0);
        if (i % 2 == 0) {
          assertTrue(out.tryReceive().ok());
        } else {
          assertTrue(in.trySend(i));
        }
      }
      g.await();
    }
    for (int count : counts) {
      assertTrue(count > n / 10, () -> Arrays.toString(counts));
    }
  }
}
