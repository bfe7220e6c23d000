package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Operators;
import io.channel4j.select.Select;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to Go's runtime/chan_test.go, TestChanSendInterface: elements of an interface type, of
 * which the channel sees nothing but references.
 */
class ChanSendInterfaceTest {
  private interface Shape {}

  private record Circle(int radius) implements Shape {}

  private record Square(int side) implements Shape {}

  @ParameterizedTest
  @EnumSource
  void elementsComeOutAsTheVeryObjects(Operators operators) throws Exception {
    Channel<Shape> c = Channel.make(1);
    Shape circle = new Circle(1);
    operators.on(c).send(circle);
    assertFalse(operators.on(c).trySend(new Square(2)));
    assertSame(circle, operators.on(c).receive());
    assertTrue(operators.on(c).trySend(new Square(2)));
    assertEquals(new Square(2), operators.on(c).receive());
  }

  @Test
  void twoSendCasesOfOneFullChannelAreNotReady() throws Exception {
    Channel<Shape> c = Channel.make(1);
    c.send(new Circle(1));
    String chosen =
        Select.<String>of()
            .send(c, new Circle(2), () -> "circle")
            .send(c, new Square(2), () -> "square")
            .orDefault(() -> "none")
            .<RuntimeException>await();
    assertEquals("none", chosen);
    assertEquals(1, c.len());
  }

  @Test
  void anyObjectWillDo() throws Exception {
    Channel<Object> c = Channel.make(10);
    List<Object> all =
        List.of(
            "text", 1, 2L, 'c', true, new int[0], Thread.currentThread(), c, List.of(), c.cap());
    for (Object o : all) {
      c.send(o);
    }
    for (Object o : all) {
      assertSame(o, c.receive());
    }
  }
}
