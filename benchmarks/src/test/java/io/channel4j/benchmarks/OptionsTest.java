package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutOptionsItIsTheTable() {
    var options = Options.parse();
    assertEquals(List.of(Part.SHAPES), options.parts());
    assertEquals(Shapes.all(), options.shapes);
    assertEquals(5, options.rounds(Part.SHAPES));
    assertEquals(1, options.divisor());
  }

  @Test
  void aQuickRunHasFewerRoundsAndShorterBatches() {
    var options = Options.parse("--quick");
    assertEquals(2, options.rounds(Part.SHAPES));
    assertEquals(1, options.rounds(Part.CASES));
    assertEquals(4, options.divisor());
    assertEquals(7, Options.parse("--quick", "--rounds", "7").rounds(Part.SHAPES));
  }

  @Test
  void partsAreMeasuredOnceAndInOrder() {
    assertEquals(
        List.of(Part.CASES, Part.CORES),
        Options.parse("--sweep", "cores,cases", "--sweep", "cases").parts());
    assertEquals(Part.SWEEPS, Options.parse("--sweeps").parts());
    assertEquals(List.of(Part.values()), Options.parse("--sweeps", "--all").parts());
    assertEquals(
        List.of(Part.SHAPES, Part.FOOTPRINT),
        Options.parse("--footprint", "--shapes", "ping").parts());
  }

  @Test
  void aPrefixNamesAllShapesThatBeginWithIt() {
    var options = Options.parse("--shapes", "ChanProdConsWork,ping");
    assertEquals(
        List.of("ping-pong", "ChanProdConsWork0", "ChanProdConsWork10", "ChanProdConsWork100"),
        options.shapes.stream().map(Shape::id).toList());
  }

  @Test
  void aColumnHasALabelATargetAndSettings() {
    var entrants =
        Options.parse("--peers", "a=jox@-Dx=1@-Dy,go@GOMAXPROCS=1,my.own.Peer")
            .entrants(Part.SHAPES);
    assertEquals(
        List.of(
            new Entrant("a", "jox", List.of("-Dx=1", "-Dy")),
            new Entrant("go", "go", List.of("GOMAXPROCS=1")),
            new Entrant("Peer", "my.own.Peer", List.of())),
        entrants);
    assertTrue(entrants.get(1).isGo());
  }

  @Test
  void everyPartHasSomebodyToMeasure() {
    for (Part part : Part.values()) {
      var labels = Options.parse().entrants(part).stream().map(Entrant::label).toList();
      assertTrue(labels.contains(Contenders.OURS), part.id());
      assertEquals(part != Part.ABLATION, labels.contains(Contenders.GO), part.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--rounds",
        "--no-such-option x",
        "--peers nobody",
        "--shapes nothing",
        "--sweep sideways",
        "--rounds many"
      })
  void whatMakesNoSenseIsRefused(String line) {
    assertThrows(IllegalArgumentException.class, () -> Options.parse(line.split(" ")));
  }
}
