package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's test/chan/doubleselect.go: a select that can send one value to any of four
 * receivers sends it to one of them.
 */
class DoubleSelectTest {
  private static final int LANES = 4;

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void oneSelectCompletesOneCase(int capacity, ThreadKind kind) {
    final int values = kind == ThreadKind.VIRTUAL ? 10_000 : 2_000;
    List<Channel<Integer>> lanes = new ArrayList<>();
    IntStream.range(0, LANES).forEach(i -> lanes.add(Channel.make(capacity, 0)));
    var seen = new AtomicIntegerArray(values);
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int v = 0; v < values / 2; v++) {
              Select<Boolean> select = Select.of();
              for (Channel<Integer> lane : lanes) {
                select.send(lane, v, () -> true);
              }
              boolean unused = select.<RuntimeException>await();
            }
            var loop = Select.loop();
            var sends = lanes.stream().map(lane -> loop.<Integer>send(lane)).toList();
            for (int v = values / 2; v < values; v++) {
              int value = v;
              sends.forEach(send -> send.value(value));
              var unused = loop.await();
            }
            lanes.forEach(Channel::close);
          });
      for (Channel<Integer> lane : lanes) {
        g.go(
            () -> {
              int last = -1;
              for (int v : lane) {
                seen.getAndIncrement(v);
                assertEquals(Math.max(last + 1, v), v, "in order");
                last = v;
              }
            });
      }
      g.await();
    }
    for (int v = 0; v < values; v++) {
      assertEquals(1, seen.get(v), "times received " + v);
    }
  }
}
