package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Contender.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bytes that a channel and a waiting thread take, by peer.
 *
 * @param columns labels of peers
 * @param bytes by row and column
 */
record Footprint(List<String> columns, Map<List<String>, Double> bytes) {
  /** Capacities of the channels that are weighed. */
  static final int[] CAPACITIES = {0, 1, 16, 100, 1_024};

  /** How many threads wait at once. */
  static final int PARKED = 100_000;

  Footprint(List<String> columns) {
    this(columns, new HashMap<>());
  }

  /** What the rows are called, here and in the output of forks. */
  static List<String> rows() {
    return Stream.concat(
            IntStream.of(CAPACITIES).mapToObj(Footprint::row),
            Stream.of(Wait.values()).map(Footprint::row))
        .toList();
  }

  static String row(int capacity) {
    return "channel-cap" + capacity;
  }

  static String row(Wait wait) {
    return "parked-" + wait.toString().toLowerCase(Locale.ROOT);
  }

  void put(String row, String column, double figure) {
    bytes.put(List.of(row, column), figure);
  }

  Grid grid() {
    var grid = new Grid();
    var head = new ArrayList<String>();
    head.add("bytes");
    head.addAll(columns);
    grid.add(head);
    for (String row : rows()) {
      var line = new ArrayList<String>();
      line.add(row);
      for (String column : columns) {
        Double figure = bytes.get(List.of(row, column));
        line.add(figure == null ? "n/a" : String.format(Locale.ROOT, "%.0f", figure));
      }
      grid.add(line);
    }
    return grid;
  }

  Map<String, Object> toJson() {
    var results = new ArrayList<Object>();
    for (String row : rows()) {
      for (String column : columns) {
        Double figure = bytes.get(List.of(row, column));
        if (figure != null) {
          var json = new LinkedHashMap<String, Object>();
          json.put("row", row);
          json.put("peer", column);
          json.put("bytes", figure);
          results.add(json);
        }
      }
    }
    var json = new LinkedHashMap<String, Object>();
    json.put("columns", columns);
    json.put("results", results);
    return json;
  }

  static Footprint fromJson(Map<String, Object> json) {
    var footprint = new Footprint(Json.strings(json, "columns"));
    for (var result : Json.objects(json, "results")) {
      footprint.put(
          Json.string(result, "row"),
          Json.string(result, "peer"),
          Double.parseDouble(Json.string(result, "bytes")));
    }
    return footprint;
  }
}
