package io.channel4j.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** The tables for people, as text. */
final class Report {
  private final List<Shape> shapes;
  private final List<Entrant> entrants;
  private final Entrant baseline;
  private final Results results;

  Report(Options options, List<Entrant> entrants, Results results) {
    this.shapes = options.shapes;
    this.entrants = entrants;
    this.results = results;
    this.baseline =
        entrants.stream()
            .filter(entrant -> entrant.label().equals(options.baseline))
            .findFirst()
            .orElse(entrants.getFirst());
  }

  /** Nanoseconds, with the ratio to the baseline. */
  String times() {
    var text = new StringBuilder();
    text.append(
            "ns per value: median of rounds (min..max of batches), and how many times the time of ")
        .append(baseline.label())
        .append('\n');
    header(text);
    for (Shape shape : shapes) {
      text.append(String.format("%-18s", shape.id()));
      for (Entrant entrant : entrants) {
        text.append(String.format("  %28s", time(shape, entrant)));
      }
      text.append('\n');
    }
    text.append(String.format("%-18s", "geometric mean"));
    for (Entrant entrant : entrants) {
      text.append(String.format("  %28s", geometricMean(entrant)));
    }
    return text.append('\n').toString();
  }

  /** Bytes allocated per value, the threads of the batch themselves included. */
  String allocations() {
    var text = new StringBuilder("bytes allocated per value: median of rounds\n");
    header(text);
    for (Shape shape : shapes) {
      text.append(String.format("%-18s", shape.id()));
      for (Entrant entrant : entrants) {
        String figure = show(results.cell(shape, entrant), c -> number(c.allocation().median()));
        text.append(String.format("  %28s", figure));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void header(StringBuilder text) {
    text.append(" ".repeat(18));
    for (Entrant entrant : entrants) {
      text.append(String.format("  %28s", entrant.label()));
    }
    text.append('\n');
  }

  private String time(Shape shape, Entrant entrant) {
    return show(
        results.cell(shape, entrant),
        cell -> {
          var time = cell.time();
          String figures =
              number(time.median()) + " (" + number(time.min()) + ".." + number(time.max()) + ")";
          return figures + ratio(shape, entrant).map(r -> format(" %5.2fx", r)).orElse("       ");
        });
  }

  private static String show(Results.Cell cell, Function<Results.Cell, String> figure) {
    if (cell.failed) {
      return "FAILED";
    }
    return cell.isEmpty() ? "n/a" : figure.apply(cell);
  }

  private Optional<Double> ratio(Shape shape, Entrant entrant) {
    var ours = results.cell(shape, baseline);
    var theirs = results.cell(shape, entrant);
    return entrant.equals(baseline) || ours.isEmpty() || theirs.isEmpty()
        ? Optional.empty()
        : Optional.of(theirs.time().median() / ours.time().median());
  }

  private String geometricMean(Entrant entrant) {
    double[] logs =
        shapes.stream()
            .flatMap(shape -> ratio(shape, entrant).stream())
            .mapToDouble(Math::log)
            .toArray();
    if (logs.length == 0) {
      return "";
    }
    double mean = java.util.Arrays.stream(logs).average().orElseThrow();
    return format("(%d shapes) %5.2fx", logs.length, Math.exp(mean));
  }

  private static String number(double value) {
    return format(value < 99.95 ? "%.1f" : "%.0f", value);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
