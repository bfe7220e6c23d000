package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What one run can measure; each part makes a table of its own. */
enum Part {
  /** The table: all shapes. */
  SHAPES("ns per value, or per operation of Go's benchmark", 5),
  /** A select with one hot case among idle ones. */
  CASES("ns per value of a select with one hot case, by the number of cases", 3),
  /** Pairs with an unbuffered channel each. */
  GOROUTINES("ns per value of goroutines in pairs, by the number of goroutines", 3),
  /** Receivers that wait on a channel when it is closed. */
  CLOSE("ns per waiter of a close, by the number of waiters", 3),
  /** Shapes on one, two and four cores. */
  CORES("ns per value, by the number of cores offered", 3),
  /** The library without one of its mechanisms. */
  ABLATION("ns per value without one of the mechanisms", 3),
  /** Bytes of channels and of waiting threads. */
  FOOTPRINT("bytes per channel, and per waiting goroutine", 1);

  static final List<Part> SWEEPS = List.of(CASES, GOROUTINES, CLOSE, CORES);
  private static final int[] CORES_OFFERED = {1, 2, 4};

  /** What a table of this part is about. */
  final String title;

  final int rounds;

  Part(String title, int rounds) {
    this.title = title;
    this.rounds = rounds;
  }

  /**
   * One row of a table.
   *
   * @param name its first column
   * @param shape what is run
   * @param parallelism the cores offered; 0 for all
   */
  record Row(String name, Shape shape, int parallelism) {}

  /** The name in JSON, on the command line and in the page. */
  String id() {
    return toString().toLowerCase(Locale.ROOT);
  }

  static List<Part> parse(String ids) {
    return Arrays.stream(ids.split(","))
        .map(
            id ->
                SWEEPS.stream()
                    .filter(part -> part.id().equals(id))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "no sweep " + id + "; there are cases, goroutines, close, cores")))
        .toList();
  }

  /** Who takes part unless the command line says otherwise. */
  String defaultPeers() {
    return switch (this) {
      case SHAPES -> "channel4j,go,kotlin,jox,juc,jctools";
      case CASES -> "channel4j,go,kotlin,jox,channel4j-oneshot";
      case CLOSE -> "channel4j,go,kotlin,jox";
      case ABLATION -> Contenders.OURS;
      case GOROUTINES, CORES -> "channel4j,go,kotlin,jox,juc";
      case FOOTPRINT -> "channel4j,go,kotlin,jox,juc,channel4j-oneshot";
    };
  }

  /** The rows of this part's table of times. */
  List<Row> rows(Options options) {
    return switch (this) {
      case SHAPES -> rows(options.shapes, options.parallelism);
      case CASES -> rows(Shapes.cases(), options.parallelism);
      case GOROUTINES -> rows(Shapes.goroutines(), options.parallelism);
      case CLOSE -> rows(Shapes.close(), options.parallelism);
      case ABLATION -> rows(Shapes.FOR_ABLATION, options.parallelism);
      case CORES -> {
        var rows = new ArrayList<Row>();
        for (Shape shape : Shapes.FOR_CORES) {
          for (int cores : CORES_OFFERED) {
            rows.add(new Row(shape.id() + " on " + cores, shape, cores));
          }
        }
        yield List.copyOf(rows);
      }
      case FOOTPRINT -> List.of();
    };
  }

  private static List<Row> rows(List<Shape> shapes, int parallelism) {
    return shapes.stream().map(shape -> new Row(shape.id(), shape, parallelism)).toList();
  }
}
