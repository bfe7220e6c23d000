package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every shape runs with every peer and checks what arrived; nothing is timed. */
class ShapesTest {

  @TestFactory
  Stream<DynamicTest> everyShapeOfEveryPeer() throws ReflectiveOperationException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : Contenders.names()) {
      Contender contender = Contenders.make(name);
      for (Shape shape : everyShape()) {
        if (contender.supports(shape)) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + " " + shape.id(), () -> assertTrue(contender.run(shape.tiny()) > 0)));
        }
      }
    }
    return tests.stream();
  }

  private static List<Shape> everyShape() {
    return Stream.of(
            Shapes.all(),
            Shapes.cases(),
            Shapes.goroutines().subList(0, 2),
            Shapes.close().subList(0, 2))
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void everyShapeSurvivesTheCommandLine() {
    for (Shape shape : everyShape()) {
      assertEquals(shape, Shape.parse(shape.spec()));
    }
    assertThrows(IllegalArgumentException.class, () -> Shape.parse("cap16-1x1:CROWD"));
  }

  @Test
  void noTwoShapesHaveTheSameName() {
    var names = everyShape().stream().map(Shape::id).toList();
    assertEquals(names.size(), new HashSet<>(names).size());
  }

  @Test
  void aPartOfTheValuesIsSharedOutEvenly() {
    for (Shape shape : everyShape()) {
      Shape part = shape.divided(7);
      assertTrue(part.values() > 0, shape.id());
      switch (shape.kind()) {
        case CROWD, PAIRS, CLOSE_WAITERS -> assertEquals(0, part.values() % part.width());
        case SELECT -> assertEquals(0, part.values() % part.hot());
        case FILL -> assertEquals(0, part.values() % part.capacity());
        default -> {}
      }
    }
    assertEquals(Shapes.all(), Shapes.all().stream().map(shape -> shape.divided(1)).toList());
  }

  @Test
  void theExpectedSumIsTheSumOfTheValues() {
    for (int count : new int[] {1, 127, 128, 129, 1_000}) {
      long sum = LongStream.range(0, count).map(i -> Shape.value((int) i)).sum();
      assertEquals(3 * sum, Shape.sum(3, count));
    }
  }

  @Test
  void aLostValueIsNoticed() {
    Shape shape = Shapes.named("cap16-1x1");
    assertThrows(IllegalStateException.class, () -> shape.check(1, 1_000, Shape.sum(1, 1_000) - 1));
  }

  @Test
  void aFailureInAThreadIsTheBatchesFailure() {
    var crew = new Crew();
    crew.add(() -> Thread.sleep(Long.MAX_VALUE)); // one that would wait for ever
    crew.add(
        () -> {
          throw new IllegalStateException("wrong sum");
        });
    assertThrows(ExecutionException.class, crew::run);
  }
}
