package io.channel4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts what was measured into a page, between the lines
 *
 * <pre>{@code
 * <!-- name: begin -->
 * <!-- name: end -->
 * }</pre>
 *
 * and leaves the rest of the page alone.
 */
final class Page {
  private final Path file;
  private String text;

  Page(Path file) throws IOException {
    this.file = file;
    this.text = Files.readString(file);
  }

  void put(String name, String part) {
    String begin = "<!-- " + name + ": begin -->\n";
    String end = "<!-- " + name + ": end -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end, Math.max(from, 0));
    if (from < 0 || to < 0) {
      throw new IllegalStateException(file + " has no place for " + name + ": " + begin + end);
    }
    text = text.substring(0, from + begin.length()) + part + text.substring(to);
  }

  void write() throws IOException {
    Files.writeString(file, text);
  }

  String text() {
    return text;
  }
}
