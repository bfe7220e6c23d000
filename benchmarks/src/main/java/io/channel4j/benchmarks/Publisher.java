package io.channel4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts an outcome into the page, part by part: what was not measured stays as it is. Beside the
 * page, in a folder of its name, go the charts and the figures of every batch.
 */
final class Publisher {
  private final Path pageFile;
  private final Path folder;
  private final String folderName;

  Publisher(Path pageFile) {
    this.pageFile = pageFile;
    Path name = pageFile.getFileName();
    this.folderName = String.valueOf(name).replaceFirst("\\.md$", "");
    this.folder = pageFile.resolveSibling(folderName);
  }

  void publish(Outcome outcome) throws IOException {
    Files.createDirectories(folder);
    var page = new Page(pageFile);
    for (Part part : Part.values()) {
      var one = outcome.part(part);
      if (!one.isEmpty()) {
        page.put(part.id(), part(part, one));
        one.write(folder.resolve(part.id() + ".json"));
      }
    }
    page.write();
  }

  private String part(Part part, Outcome outcome) throws IOException {
    var text = new StringBuilder();
    for (Table table : outcome.tables()) {
      var chart = new Chart(table);
      boolean isLine = Part.SWEEPS.contains(part) && part != Part.CORES;
      String picture = part.id() + ".svg";
      Files.writeString(folder.resolve(picture), isLine ? chart.lines() : chart.bars());
      text.append("![%s](%s/%s)\n\n".formatted(table.title(), folderName, picture));
      var report = new Report(table);
      if (part == Part.SHAPES) {
        report.verdict().forEach(line -> text.append("- ").append(line).append('\n'));
        text.append('\n');
      }
      text.append("Times of ").append(table.baseline()).append(": median over the rounds");
      text.append(" [least..most of a round].\n\n");
      text.append(report.ratios().markdown()).append('\n');
      text.append(table.title()).append(": median (fastest..slowest batch).\n\n");
      text.append(report.times().markdown()).append('\n');
      if (part == Part.SHAPES) {
        text.append("Bytes allocated for each of these, the threads of a batch included:\n\n");
        text.append(report.allocations().markdown()).append('\n');
      }
    }
    outcome.footprint().ifPresent(f -> text.append(f.grid().markdown()).append('\n'));
    text.append("Measured: ").append(String.join("; ", outcome.circumstances()));
    text.append(". Every batch: [%1$s](%2$s/%1$s).\n".formatted(part.id() + ".json", folderName));
    return text.toString();
  }
}
