package io.channel4j.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** Some figures in three. */
record Summary(double median, double min, double max) {

  /**
   * One measured batch.
   *
   * @param round the round in which it was measured
   * @param nanos nanoseconds for each operation
   * @param bytes bytes allocated for each operation
   */
  record Batch(int round, double nanos, double bytes) {}

  /**
   * The median is that of the medians of the rounds, so that a round that was cut short counts like
   * any other; the extremes are those of all batches.
   */
  static Summary of(List<Batch> batches, ToDoubleFunction<Batch> figure) {
    var all = batches.stream().mapToDouble(figure).summaryStatistics();
    return new Summary(median(byRound(batches, figure).values()), all.getMin(), all.getMax());
  }

  /**
   * How many times as long as the baseline, round by round: what made a whole round slow did so to
   * both. Only rounds in which both were measured count.
   */
  static Summary ofRatios(List<Batch> batches, List<Batch> baseline) {
    var ours = byRound(batches, Batch::nanos);
    var theirs = byRound(baseline, Batch::nanos);
    ours.keySet().retainAll(theirs.keySet());
    ours.replaceAll((round, nanos) -> nanos / theirs.getOrDefault(round, Double.NaN));
    var all = ours.values().stream().mapToDouble(ratio -> ratio).summaryStatistics();
    return new Summary(median(ours.values()), all.getMin(), all.getMax());
  }

  /** The median of each round. */
  private static Map<Integer, Double> byRound(List<Batch> batches, ToDoubleFunction<Batch> figure) {
    return batches.stream()
        .collect(
            Collectors.groupingBy(
                Batch::round,
                TreeMap::new,
                Collectors.collectingAndThen(
                    Collectors.toList(), round -> median(round.stream().mapToDouble(figure)))));
  }

  private static double median(Collection<Double> figures) {
    return median(figures.stream().mapToDouble(figure -> figure));
  }

  static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double geometricMean(double[] ratios) {
    return Math.exp(Arrays.stream(ratios).map(Math::log).average().orElse(Double.NaN));
  }
}
