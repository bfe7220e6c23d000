package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Summary.Batch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Times of some shapes (rows) by some peers (columns), measured in one run, and their ratios.
 *
 * @param id the name in JSON
 * @param title what a reader is told
 * @param baseline the column that ratios relate to
 * @param rows names of shapes
 * @param columns labels of peers
 * @param cells what was measured so far
 */
record Table(
    String id,
    String title,
    String baseline,
    List<String> rows,
    List<String> columns,
    Map<List<String>, Cell> cells) {

  /** Why a cell is empty. */
  enum State {
    /** It is not, or the peer cannot run the shape. */
    FINE,
    /** The peer gave a wrong result, crashed or did not end. */
    FAILED,
    /** There was no time left in a quick run. */
    LATE
  }

  /** One shape by one peer. */
  static final class Cell {
    final List<Batch> batches = new ArrayList<>();
    State state = State.FINE;

    boolean isEmpty() {
      return batches.isEmpty();
    }

    /** Nothing was to be measured here. */
    boolean isIdle() {
      return isEmpty() && state == State.FINE;
    }

    boolean failed() {
      return state == State.FAILED;
    }

    Summary time() {
      return Summary.of(batches, Batch::nanos);
    }

    Summary allocation() {
      return Summary.of(batches, Batch::bytes);
    }
  }

  /** An empty table. The baseline is the first of its columns that is wanted and there. */
  static Table of(
      String id, String title, List<String> baselines, List<String> rows, List<String> columns) {
    String baseline =
        baselines.stream().filter(columns::contains).findFirst().orElse(columns.getFirst());
    return new Table(id, title, baseline, rows, columns, new HashMap<>());
  }

  /** The same without peers that can run none of the shapes. */
  Table withoutIdlePeers() {
    var busy =
        columns.stream()
            .filter(column -> rows.stream().anyMatch(row -> !cell(row, column).isIdle()))
            .toList();
    return new Table(id, title, baseline, rows, busy, cells);
  }

  Cell cell(String row, String column) {
    return cells.computeIfAbsent(List.of(row, column), key -> new Cell());
  }

  boolean anyFailed() {
    return cells.values().stream().anyMatch(Cell::failed);
  }

  /** How many times the baseline's time; empty for the baseline itself and where one is missing. */
  Optional<Summary> ratio(String row, String column) {
    return column.equals(baseline) ? Optional.empty() : ratio(row, column, baseline);
  }

  Optional<Summary> ratio(String row, String column, String to) {
    var ours = cell(row, column);
    var theirs = cell(row, to);
    if (ours.isEmpty() || theirs.isEmpty() || ours.failed() || theirs.failed()) {
      return Optional.empty();
    }
    var ratio = Summary.ofRatios(ours.batches, theirs.batches);
    return Double.isNaN(ratio.median()) ? Optional.empty() : Optional.of(ratio);
  }

  /** The ratios of all rows that have one. */
  double[] ratios(String column, String to) {
    return rows.stream()
        .flatMap(row -> ratio(row, column, to).stream())
        .mapToDouble(Summary::median)
        .toArray();
  }

  /** As {@link #ratios}, to whichever of the others is the fastest in that row. */
  double[] ratiosToBest(String column, Collection<String> others) {
    return rows.stream()
        .flatMap(
            row ->
                others.stream()
                    .flatMap(other -> ratio(row, column, other).stream())
                    .map(Summary::median)
                    .max(Double::compare) // the slower we are, the faster they are
                    .stream())
        .mapToDouble(ratio -> ratio)
        .toArray();
  }

  Map<String, Object> toJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("id", id);
    json.put("title", title);
    json.put("baseline", baseline);
    json.put("rows", rows);
    json.put("columns", columns);
    var results = new ArrayList<Object>();
    for (String row : rows) {
      for (String column : columns) {
        var cell = cell(row, column);
        if (!cell.isIdle()) {
          results.add(toJson(row, column, cell));
        }
      }
    }
    json.put("results", results);
    return json;
  }

  private Map<String, Object> toJson(String row, String column, Cell cell) {
    var json = new LinkedHashMap<String, Object>();
    json.put("shape", row);
    json.put("peer", column);
    json.put("state", cell.state.toString());
    if (!cell.isEmpty()) {
      json.put("nsMedian", cell.time().median());
      json.put("nsMin", cell.time().min());
      json.put("nsMax", cell.time().max());
      ratio(row, column)
          .ifPresent(
              ratio -> {
                json.put("ratioMedian", ratio.median());
                json.put("ratioMin", ratio.min());
                json.put("ratioMax", ratio.max());
              });
      json.put("bytesMedian", cell.allocation().median());
    }
    json.put("rounds", cell.batches.stream().map(Batch::round).toList());
    json.put("ns", cell.batches.stream().map(Batch::nanos).toList());
    json.put("bytes", cell.batches.stream().map(Batch::bytes).toList());
    return json;
  }

  /** The table that {@link #toJson} wrote. */
  static Table fromJson(Map<String, Object> json) {
    var table =
        new Table(
            Json.string(json, "id"),
            Json.string(json, "title"),
            Json.string(json, "baseline"),
            Json.strings(json, "rows"),
            Json.strings(json, "columns"),
            new HashMap<>());
    for (var result : Json.objects(json, "results")) {
      var cell = table.cell(Json.string(result, "shape"), Json.string(result, "peer"));
      cell.state = State.valueOf(Json.string(result, "state"));
      var rounds = Json.numbers(result, "rounds");
      var nanos = Json.numbers(result, "ns");
      var bytes = Json.numbers(result, "bytes");
      for (int i = 0; i < rounds.size(); i++) {
        cell.batches.add(new Batch(rounds.get(i).intValue(), nanos.get(i), bytes.get(i)));
      }
    }
    return table;
  }
}
