package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Answers to Go's runtime/chanbarrier_test.go, TestChanSendBarrier and TestChanSendSelectBarrier:
 * values handed over while the collector is busy arrive whole. Java's collector needs no such test
 * of its write barriers; what stays is a value that is reachable through nothing but a waiting
 * sender.
 */
class ChanBarrierTest {
  private static final int CLIENTS = 20;
  private static final int REQUESTS = 500;

  private record Response(int number, List<Integer> payload) {}

  @ParameterizedTest
  @EnumSource
  void aValueThatOnlyItsSenderHoldsArrivesAmidGarbage(Operators operators) {
    try (var g = new Goroutines()) {
      for (int client = 0; client < CLIENTS; client++) {
        g.go(
            () -> {
              for (int i = 0; i < REQUESTS; i++) {
                int number = i;
                Channel<Response> c = Channel.make();
                g.go(() -> operators.on(c).send(new Response(number, garbage(number))));
                Response r = c.receive();
                assertEquals(number, r == null ? null : r.number());
                assertEquals(number, r == null ? null : r.payload().get(99));
              }
            });
      }
      g.await();
    }
  }

  private static List<Integer> garbage(int number) {
    List<Integer> last = List.of();
    for (int i = 0; i < 16; i++) {
      last = new ArrayList<>(Collections.nCopies(100, number));
    }
    return last;
  }
}
