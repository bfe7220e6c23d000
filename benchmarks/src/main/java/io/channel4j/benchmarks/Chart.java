package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A table as a picture. */
final class Chart {
  private static final int LABELS = 210;
  private static final int PLOT = 560;
  private static final int RIGHT = 60;
  private static final int TOP = 64;
  private static final int BAR = 7;
  private static final int GAP = 8;
  private static final int LINES_HEIGHT = 320;
  private static final List<String> COLOURED =
      List.of("channel4j", "go", "kotlin", "jox", "juc", "jctools", "park", "channel4j-oneshot");

  private final Table table;

  /** The columns but for the baseline's. */
  private final List<String> others;

  Chart(Table table) {
    this.table = table;
    this.others = table.columns().stream().filter(c -> !c.equals(table.baseline())).toList();
  }

  /**
   * Bars of the ratio to the baseline, on a logarithmic scale that starts at 1: to the left of the
   * line is faster, to the right is slower. A thin line goes from the smallest to the greatest
   * ratio of a round.
   */
  String bars() {
    var ratios =
        table.rows().stream()
            .flatMap(row -> others.stream().flatMap(other -> table.ratio(row, other).stream()))
            .toList();
    var scale =
        new Scale(
            Math.min(1, ratios.stream().mapToDouble(Summary::min).min().orElse(1)),
            Math.max(1, ratios.stream().mapToDouble(Summary::max).max().orElse(1)),
            LABELS,
            LABELS + PLOT);
    int rowHeight = others.size() * BAR + GAP;
    int bottom = TOP + table.rows().size() * rowHeight;
    var svg = new Svg(LABELS + PLOT + RIGHT, bottom + 30);
    String title = "Time, as a multiple of that of " + table.baseline();
    svg.text(12, 20, "", title + " (less is faster)");
    legend(svg, others);
    for (double tick : scale.ticks()) {
      svg.line(scale.at(tick), TOP - 4, scale.at(tick), bottom, tick == 1 ? "one" : "grid");
      svg.text(scale.at(tick), bottom + 16, "small middle", tickName(tick) + "x");
    }
    for (int r = 0; r < table.rows().size(); r++) {
      String row = table.rows().get(r);
      double y = TOP + r * rowHeight;
      svg.text(LABELS - 8, y + others.size() * BAR / 2.0 + 4, "end", row);
      for (int i = 0; i < others.size(); i++) {
        bar(svg, scale, row, i, y + i * BAR);
      }
    }
    return svg.finish(title);
  }

  private void bar(Svg svg, Scale scale, String row, int i, double y) {
    String other = others.get(i);
    var ratio = table.ratio(row, other);
    if (ratio.isEmpty()) {
      String why = table.cell(row, other).failed() ? other + " failed" : "";
      svg.text(scale.at(1) + 4, y + BAR, "small", why);
      return;
    }
    double one = scale.at(1);
    double end = scale.at(ratio.get().median());
    String title = "%s, %s: %sx".formatted(row, other, Report.ratio(ratio.get().median()));
    svg.bar(Math.min(one, end), y, Math.max(Math.abs(end - one), 1), BAR - 1, colour(other), title);
    double middle = y + (BAR - 1) / 2.0;
    svg.line(scale.at(ratio.get().min()), middle, scale.at(ratio.get().max()), middle, "span");
  }

  /** Nanoseconds against the number at the end of each row's name; both scales are logarithmic. */
  String lines() {
    var times = new ArrayList<Map.Entry<String, double[]>>(); // column, {x, nanoseconds}
    for (String column : table.columns()) {
      for (String row : table.rows()) {
        var cell = table.cell(row, column);
        if (!cell.isEmpty() && !cell.failed()) {
          times.add(Map.entry(column, new double[] {number(row), cell.time().median()}));
        }
      }
    }
    int bottom = TOP + LINES_HEIGHT;
    var xs = table.rows().stream().mapToDouble(Chart::number).summaryStatistics();
    var ys = times.stream().mapToDouble(t -> t.getValue()[1]).summaryStatistics();
    int left = 70;
    var across = new Scale(xs.getMin(), xs.getMax(), left, LABELS + PLOT);
    boolean none = times.isEmpty();
    var up = new Scale(none ? 1 : ys.getMin(), none ? 1 : ys.getMax(), bottom, TOP);
    var svg = new Svg(LABELS + PLOT + RIGHT, bottom + 30);
    svg.text(12, 20, "", table.title());
    legend(svg, table.columns());
    for (double tick : up.ticks()) {
      svg.line(left, up.at(tick), LABELS + PLOT, up.at(tick), "grid");
      svg.text(left - 8, up.at(tick) + 4, "small end", tickName(tick) + " ns");
    }
    for (String row : table.rows()) {
      svg.text(across.at(number(row)), bottom + 18, "small middle", tickName(number(row)));
    }
    for (String column : table.columns()) {
      var points =
          times.stream()
              .filter(t -> t.getKey().equals(column))
              .map(t -> new double[] {across.at(t.getValue()[0]), up.at(t.getValue()[1])})
              .toList();
      svg.polyline(points, colour(column));
    }
    return svg.finish(table.title());
  }

  private void legend(Svg svg, List<String> names) {
    double x = 12;
    for (String name : names) {
      svg.bar(x, 34, 12, 8, colour(name), name);
      svg.text(x + 16, 42, "small", name);
      x += 34 + 7 * name.length();
    }
  }

  /** The same in each picture, whoever takes part. */
  private String colour(String column) {
    int known = COLOURED.indexOf(column);
    int number = known >= 0 ? known : COLOURED.size() + table.columns().indexOf(column);
    return Svg.SERIES.get(number % Svg.SERIES.size());
  }

  private static double number(String row) {
    return Double.parseDouble(row.substring(row.lastIndexOf('-') + 1));
  }

  private static String tickName(double tick) {
    return tick == Math.rint(tick) ? Long.toString((long) tick) : Double.toString(tick);
  }

  /** A logarithmic scale that has 1, 2 and 5 of each power of ten, or powers of ten alone. */
  record Scale(double min, double max, double from, double to) {
    private static final int MANY = 9;

    Scale {
      if (max / min < 4) { // room for more than one tick
        min /= 2;
        max *= 2;
      }
    }

    double at(double value) {
      return from + (to - from) * Math.log(value / min) / Math.log(max / min);
    }

    List<Double> ticks() {
      var ticks = ticks(1, 2, 5);
      return ticks.size() > MANY ? ticks(1) : ticks;
    }

    private List<Double> ticks(int... digits) {
      var ticks = new ArrayList<Double>();
      for (int power = -9; power <= 12; power++) {
        for (int digit : digits) {
          double tick = Double.parseDouble(digit + "e" + power); // 0.2 rather than 0.19999
          if (min <= tick && tick <= max) {
            ticks.add(tick);
          }
        }
      }
      return ticks;
    }
  }
}
