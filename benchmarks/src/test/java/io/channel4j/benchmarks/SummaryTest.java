package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.benchmarks.Summary.Batch;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static Batch batch(int round, double nanos) {
    return new Batch(round, nanos, 0);
  }

  @Test
  void theMedianIsThatOfTheRoundsMedians() {
    var batches =
        List.of(
            batch(1, 10),
            batch(1, 11),
            batch(1, 12), // 11
            batch(2, 90), // a round that was cut short
            batch(3, 20),
            batch(3, 30)); // 25
    assertEquals(new Summary(25, 10, 90), Summary.of(batches, Batch::nanos));
  }

  @Test
  void ratiosAreTakenRoundByRound() {
    var ours = List.of(batch(1, 10), batch(2, 40), batch(3, 9), batch(4, 1));
    var theirs = List.of(batch(1, 20), batch(2, 80), batch(3, 9)); // the second minute was slow
    assertEquals(new Summary(0.5, 0.5, 1), Summary.ofRatios(ours, theirs));
  }

  @Test
  void noRoundInCommonIsNoRatio() {
    var ratio = Summary.ofRatios(List.of(batch(1, 10)), List.of(batch(2, 10)));
    assertEquals(Double.NaN, ratio.median());
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, Summary.median(DoubleStream.of(4, 1, 3, 2)));
    assertEquals(3, Summary.median(DoubleStream.of(9, 3, 1)));
  }

  @Test
  void theGeometricMeanOfHalfAndDoubleIsOne() {
    assertEquals(1, Summary.geometricMean(new double[] {0.5, 2}), 1e-12);
    assertEquals(0.7, Summary.geometricMean(new double[] {0.7}), 1e-12);
  }
}
