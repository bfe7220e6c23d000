package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Summary.Batch;
import java.util.List;

/** Tables with made-up figures. */
final class Tables {
  private Tables() {}

  /** Rows a-1, b-10 and c-100; columns channel4j, go, kotlin and jox; two rounds. */
  static Table sample() {
    var table =
        Table.of(
            "shapes",
            "ns <per> value",
            List.of("go", "channel4j"),
            List.of("a-1", "b-10", "c-100"),
            List.of("channel4j", "go", "kotlin", "jox"));
    fill(table, "a-1", "channel4j", 10, 20);
    fill(table, "a-1", "go", 40, 40);
    fill(table, "a-1", "kotlin", 80, 80);
    fill(table, "a-1", "jox", 100, 120);
    fill(table, "b-10", "channel4j", 8, 8);
    fill(table, "b-10", "go", 4, 4);
    fill(table, "b-10", "kotlin", 32, 32);
    table.cell("b-10", "jox").state = Table.State.FAILED;
    table.cell("c-100", "jox").state = Table.State.LATE;
    fill(table, "c-100", "go", 5);
    return table;
  }

  /** One batch for each figure, each in a round of its own. */
  static void fill(Table table, String row, String column, double... nanos) {
    for (int i = 0; i < nanos.length; i++) {
      table.cell(row, column).batches.add(new Batch(i + 1, nanos[i], 24));
    }
  }
}
