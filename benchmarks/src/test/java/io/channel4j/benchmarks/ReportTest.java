package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final Report report = new Report(Tables.sample());

  @Test
  void timesHaveMedianAndExtremes() {
    assertEquals(
        """
               channel4j                 go             kotlin                  jox
        a-1    15.0 (10.0..20.0)  40.0 (40.0..40.0)  80.0 (80.0..80.0)  110 (100..120)
        """
            .lines()
            .map(String::strip)
            .map(line -> line.replaceAll(" {2,}", "|"))
            .toList(),
        report
            .times()
            .text()
            .lines()
            .limit(2)
            .map(String::strip)
            .map(line -> line.replaceAll(" {2,}", "|"))
            .toList());
  }

  @Test
  void emptyCellsSayWhy() {
    var lines = report.times().markdown().lines().toList();
    assertEquals(
        "| b-10 | 8.0 (8.0..8.0) | 4.0 (4.0..4.0) | 32.0 (32.0..32.0) | FAILED |", lines.get(3));
    assertEquals("| c-100 | n/a | 5.0 (5.0..5.0) | n/a | no time |", lines.get(4));
  }

  @Test
  void ratiosEndWithTheirGeometricMean() {
    var lines = report.ratios().markdown().lines().toList();
    assertEquals(
        "| a-1 | 0.38 [0.25..0.50] | 1 | 2.00 [2.00..2.00] | 2.75 [2.50..3.00] |", lines.get(2));
    assertEquals(
        "| geometric mean | 0.87 (2 shapes) |  | 4.00 (2 shapes) | 2.75 (1 shapes) |",
        lines.getLast());
  }

  @Test
  void theVerdictNamesWhereGoWins() {
    var verdict = report.verdict();
    assertEquals(
        "channel4j takes 0.87 of the time of go (geometric mean of 2 shapes)", verdict.getFirst());
    assertEquals("slower than go in 1 shapes: b-10", verdict.getLast());
    assertEquals(
        List.of(
            "channel4j takes 0.22 of the time of the fastest of kotlin, jox in each shape"
                + " (2 shapes)"),
        verdict.stream().filter(line -> line.contains("fastest")).toList());
  }
}
