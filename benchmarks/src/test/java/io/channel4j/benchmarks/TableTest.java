package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private final Table table = Tables.sample();

  @Test
  void theBaselineIsTheFirstThatTookPart() {
    assertEquals("go", table.baseline());
    var withoutGo =
        Table.of("x", "x", List.of("go", "channel4j"), List.of(), List.of("jox", "channel4j"));
    assertEquals("channel4j", withoutGo.baseline());
    var without = Table.of("x", "x", List.of("go", "channel4j"), List.of(), List.of("jox", "juc"));
    assertEquals("jox", without.baseline());
  }

  @Test
  void ratiosAreTimesOfTheBaseline() {
    assertEquals(Optional.of(new Summary(0.375, 0.25, 0.5)), table.ratio("a-1", "channel4j"));
    assertEquals(Optional.of(new Summary(2, 2, 2)), table.ratio("b-10", "channel4j"));
    assertEquals(Optional.empty(), table.ratio("a-1", "go"));
  }

  @Test
  void whatFailedOrIsMissingHasNoRatio() {
    assertEquals(Optional.empty(), table.ratio("b-10", "jox"));
    assertEquals(Optional.empty(), table.ratio("c-100", "channel4j"));
    Tables.fill(table, "b-10", "jox", 1); // of the rounds before the failure
    assertEquals(Optional.empty(), table.ratio("b-10", "jox"));
    assertTrue(table.anyFailed());
  }

  @Test
  void whoCanRunNothingIsNotShown() {
    var wide =
        Table.of("x", "x", List.of("go"), List.of("a-1"), List.of("go", "juc", "jox", "late"));
    Tables.fill(wide, "a-1", "go", 1);
    wide.cell("a-1", "jox").state = Table.State.FAILED;
    wide.cell("a-1", "late").state = Table.State.LATE;
    assertEquals(List.of("go", "jox", "late"), wide.withoutIdlePeers().columns());
  }

  @Test
  void theBestPeerIsAnotherOneInEachRow() {
    Tables.fill(table, "c-100", "channel4j", 3);
    Tables.fill(table, "c-100", "jox", 6);
    Tables.fill(table, "c-100", "kotlin", 12);
    double[] ratios = table.ratiosToBest("channel4j", List.of("kotlin", "jox"));
    assertArrayEquals(new double[] {15.0 / 80, 0.25, 0.5}, ratios, 0.01);
  }

  @Test
  void anOutcomeComesBackFromItsFile(@TempDir Path folder) throws Exception {
    var circumstances = new LinkedHashMap<String, Object>();
    circumstances.put("commit", "abc");
    circumstances.put("cores", 2);
    circumstances.put("libraries", List.of("x", "y"));
    var outcome = new Outcome(circumstances);
    outcome.add(table);
    var footprint = new Footprint(List.of("channel4j", "go"));
    footprint.put(Footprint.row(16), "go", 224);
    outcome.set(footprint);
    Path file = folder.resolve("new").resolve("results.json");
    outcome.write(file);

    var back = Outcome.read(file);

    assertEquals(List.of("commit: abc", "cores: 2", "libraries: x, y"), back.circumstances());
    var times = new Report(back.tables().getFirst()).times().text();
    assertEquals(new Report(table).times().text(), times);
    assertEquals(
        new Report(table).ratios().text(), new Report(back.tables().getFirst()).ratios().text());
    assertEquals(footprint.grid().text(), back.footprint().orElseThrow().grid().text());
  }

  @Test
  void aPartOfAnOutcomeHasNothingElse() {
    var outcome = new Outcome(Map.of());
    outcome.add(table);
    assertFalse(outcome.part(Part.SHAPES).isEmpty());
    assertTrue(outcome.part(Part.CASES).isEmpty());
    assertTrue(outcome.part(Part.FOOTPRINT).isEmpty());
  }
}
