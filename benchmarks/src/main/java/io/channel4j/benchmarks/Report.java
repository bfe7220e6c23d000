package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A table's figures for people. */
final class Report {
  /** The peers that a library for Java is measured by. */
  private static final List<String> JVM_PEERS = List.of("kotlin", "jox", "juc");

  private final Table table;

  Report(Table table) {
    this.table = table;
  }

  /** Nanoseconds. */
  Grid times() {
    return grid(
        (row, column) ->
            show(
                row,
                column,
                cell -> {
                  var time = cell.time();
                  return "%s (%s..%s)"
                      .formatted(number(time.median()), number(time.min()), number(time.max()));
                }));
  }

  /** How many times as long as the baseline, with the geometric mean as the last row. */
  Grid ratios() {
    var grid =
        grid(
            (row, column) ->
                table
                    .ratio(row, column)
                    .map(
                        r ->
                            "%s [%s..%s]"
                                .formatted(ratio(r.median()), ratio(r.min()), ratio(r.max())))
                    .orElseGet(
                        () ->
                            column.equals(table.baseline())
                                ? show(row, column, cell -> "1")
                                : show(row, column, cell -> "")));
    var mean = new ArrayList<String>();
    mean.add("geometric mean");
    for (String column : table.columns()) {
      double[] ratios =
          column.equals(table.baseline()) ? new double[0] : table.ratios(column, table.baseline());
      mean.add(
          ratios.length == 0
              ? ""
              : "%s (%d shapes)".formatted(ratio(Summary.geometricMean(ratios)), ratios.length));
    }
    grid.add(mean);
    return grid;
  }

  /** Bytes allocated, by the threads of the batch themselves too. */
  Grid allocations() {
    return grid((row, column) -> show(row, column, cell -> number(cell.allocation().median())));
  }

  /** The figures that the whole table is judged by. */
  List<String> verdict() {
    var lines = new ArrayList<String>();
    String ours = Contenders.OURS;
    if (!table.columns().contains(ours)) {
      return lines;
    }
    for (String other : table.columns()) {
      double[] ratios = other.equals(ours) ? new double[0] : table.ratios(ours, other);
      if (ratios.length > 0) {
        lines.add(
            "%s takes %s of the time of %s (geometric mean of %d shapes)"
                .formatted(ours, ratio(Summary.geometricMean(ratios)), other, ratios.length));
      }
    }
    var peers = JVM_PEERS.stream().filter(table.columns()::contains).toList();
    double[] best = table.ratiosToBest(ours, peers);
    if (best.length > 0) {
      lines.add(
          "%s takes %s of the time of the fastest of %s in each shape (%d shapes)"
              .formatted(
                  ours, ratio(Summary.geometricMean(best)), String.join(", ", peers), best.length));
    }
    if (table.columns().contains(Contenders.GO)) {
      var slower =
          table.rows().stream()
              .filter(
                  row ->
                      table
                          .ratio(row, ours, Contenders.GO)
                          .filter(ratio -> ratio.median() > 1)
                          .isPresent())
              .toList();
      lines.add(
          "slower than go in %d shapes%s"
              .formatted(slower.size(), slower.isEmpty() ? "" : ": " + String.join(", ", slower)));
    }
    return lines;
  }

  private Grid grid(BiFunction<String, String, String> cell) {
    var grid = new Grid();
    var head = new ArrayList<String>();
    head.add("");
    head.addAll(table.columns());
    grid.add(head);
    for (String row : table.rows()) {
      var line = new ArrayList<String>();
      line.add(row);
      table.columns().forEach(column -> line.add(cell.apply(row, column)));
      grid.add(line);
    }
    return grid;
  }

  private String show(String row, String column, Function<Table.Cell, String> figure) {
    var cell = table.cell(row, column);
    return switch (cell.state) {
      case FAILED -> "FAILED";
      case LATE -> cell.isEmpty() ? "no time" : figure.apply(cell);
      case FINE -> cell.isEmpty() ? "n/a" : figure.apply(cell);
    };
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value < 99.95 ? "%.1f" : "%.0f", value);
  }

  static String ratio(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
