package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageTest {
  @TempDir private Path folder = Path.of("");

  private Path page(String text) throws Exception {
    return Files.writeString(folder.resolve("performance.md"), text);
  }

  @Test
  void onlyWhatStandsBetweenTheMarkersIsReplaced() throws Exception {
    Path file =
        page(
            """
            before
            <!-- a: begin -->
            old
            <!-- a: end -->
            between
            <!-- b: begin -->
            <!-- b: end -->
            after
            """);
    var page = new Page(file);
    page.put("a", "new\n");
    page.put("b", "first\n");
    page.put("a", "newer\n");
    page.write();
    assertEquals(
        """
        before
        <!-- a: begin -->
        newer
        <!-- a: end -->
        between
        <!-- b: begin -->
        first
        <!-- b: end -->
        after
        """,
        Files.readString(file));
  }

  @Test
  void aPageWithoutAPlaceIsLeftAlone() throws Exception {
    var page = new Page(page("nothing here\n"));
    var e = assertThrows(IllegalStateException.class, () -> page.put("a", "x"));
    assertTrue(String.valueOf(e.getMessage()).contains("<!-- a: begin -->"));
  }

  @Test
  void whatWasNotMeasuredStays() throws Exception {
    Path file =
        page(
            """
            <!-- shapes: begin -->
            <!-- shapes: end -->
            <!-- cases: begin -->
            of another run
            <!-- cases: end -->
            """);
    var outcome = new Outcome(Map.of("commit", "abc"));
    outcome.add(Tables.sample());

    new Publisher(file).publish(outcome);

    String text = Files.readString(file);
    assertTrue(text.contains("of another run"));
    assertTrue(text.contains("![ns <per> value](performance/shapes.svg)"), text);
    assertTrue(text.contains("slower than go in 1 shapes: b-10"));
    assertTrue(text.contains("Measured: commit: abc"));
    assertTrue(Files.exists(folder.resolve("performance/shapes.svg")));
    assertEquals(
        Tables.sample().rows(),
        Outcome.read(folder.resolve("performance/shapes.json")).tables().getFirst().rows());
  }

  /** The page that --publish writes to has a place for everything. */
  @Test
  void theDocumentHasAPlaceForEachPart() throws Exception {
    String text = Files.readString(Path.of("..", "docs", "performance.md"));
    for (Part part : Part.values()) {
      var page = new Page(page(text));
      page.put(part.id(), "here\n");
      assertTrue(page.text().contains("here"));
    }
  }
}
