package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Words in rows and columns, for a terminal or for a page. The first row is the head. */
final class Grid {
  private final List<List<String>> rows = new ArrayList<>();

  void add(List<String> row) {
    rows.add(row);
  }

  /** Columns that stand under each other; all but the first to the right. */
  String text() {
    int[] widths = new int[rows.getFirst().size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    var text = new StringBuilder();
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        text.append(i == 0 ? row.get(0) + padding : "  " + padding + row.get(i));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** A table in Markdown. */
  String markdown() {
    String[] rule = new String[rows.getFirst().size()];
    Arrays.fill(rule, "---:");
    rule[0] = "---";
    var text = new StringBuilder();
    line(text, rows.getFirst());
    line(text, Arrays.asList(rule));
    rows.stream().skip(1).forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> row) {
    text.append("| ").append(String.join(" | ", row)).append(" |\n");
  }
}
