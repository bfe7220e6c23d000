package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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
      for (Shape shape : Shape.all()) {
        if (contender.supports(shape)) {
          tests.add(
              DynamicTest.dynamicTest(
                  name + " " + shape.id(), () -> assertTrue(contender.run(shape.tiny()) > 0)));
        }
      }
    }
    return tests.stream();
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
    Shape shape = Shape.named("cap16-1x1");
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
    assertThrows(java.util.concurrent.ExecutionException.class, crew::run);
  }
}
