package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What was measured so far. */
final class Results {

  /** One measured batch. */
  record Batch(int round, long nanos, long operations, long bytes) {
    double nanosPerOperation() {
      return (double) nanos / operations;
    }

    double bytesPerOperation() {
      return (double) bytes / operations;
    }
  }

  /**
   * Some batches in three numbers.
   *
   * @param median of the medians of the rounds: a round that was cut short counts like any other
   * @param min of all batches
   * @param max of all batches
   */
  record Summary(double median, double min, double max) {
    static Summary of(List<Batch> batches, ToDoubleFunction<Batch> figure) {
      var all = batches.stream().mapToDouble(figure).summaryStatistics();
      var rounds =
          batches.stream().collect(Collectors.groupingBy(Batch::round)).values().stream()
              .mapToDouble(round -> median(round.stream().mapToDouble(figure)));
      return new Summary(median(rounds), all.getMin(), all.getMax());
    }

    private static double median(DoubleStream figures) {
      double[] sorted = figures.sorted().toArray();
      int middle = sorted.length / 2;
      return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
  }

  /** The batches of one shape and one peer. */
  static final class Cell {
    final List<Batch> batches = new ArrayList<>();
    boolean failed;

    boolean isEmpty() {
      return batches.isEmpty();
    }

    Summary time() {
      return Summary.of(batches, Batch::nanosPerOperation);
    }

    Summary allocation() {
      return Summary.of(batches, Batch::bytesPerOperation);
    }
  }

  private final Map<List<String>, Cell> cells = new HashMap<>();

  Cell cell(Shape shape, Entrant entrant) {
    return cells.computeIfAbsent(Arrays.asList(shape.id(), entrant.label()), key -> new Cell());
  }

  boolean anyFailed() {
    return cells.values().stream().anyMatch(cell -> cell.failed);
  }
}
