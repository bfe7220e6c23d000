package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import org.junit.jupiter.api.Test;

/** Answers to Go's test/chan/sendstmt.go: channels of channels, and operands that are receives. */
class SendStatementTest {

  /** Go: {@code select { case <-cc <- 2: default: panic }}. */
  @Test
  void theChannelOfASendCaseIsReceivedFirst() throws Exception {
    Channel<Channel<Integer>> cc = Channel.make(1);
    Channel<Integer> c = Channel.make(1, 0);
    cc.send(c);
    boolean sent =
        Select.<Boolean>of()
            .send(requireNonNull(cc.receive()), 2, () -> true)
            .orDefault(() -> false)
            .<RuntimeException>await();
    assertTrue(sent);
    assertEquals(2, c.receive());
  }

  @Test
  void anElementIsAnExpressionLikeAnyOther() throws Exception {
    Channel<Boolean> c = Channel.make(1, false);
    c.send(false || "".isEmpty());
    assertEquals(true, c.receive());
  }

  @MatrixTest
  void aChannelTravelsThroughAChannel(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    record Request(int number, SendChannel<Integer> reply) {}
    Channel<Request> requests = Channel.make(capacity);
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (Request r : requests) {
              r.reply().send(r.number() * r.number());
            }
          });
      var ops = operators.on(requests);
      for (int i = 0; i < 100; i++) {
        Channel<Integer> reply = Channel.make(capacity, 0);
        ops.send(new Request(i, reply));
        assertEquals(i * i, operators.on(reply).receive());
      }
      requests.close();
      g.await();
    }
  }

  @Test
  void aChannelTravelsThroughItself() throws Exception {
    Channel<Object> c = Channel.make(1);
    c.send(c);
    assertSame(c, c.receive());
  }

  /** Go: a converted channel equals the original; so one can be a key for the other. */
  @Test
  void directionsAreTheChannelItself() {
    Channel<Integer> c = Channel.make();
    SendChannel<Integer> out = c;
    ReceiveChannel<Integer> in = c;
    assertSame(c, out);
    assertSame(c, in);
    assertEquals(out.hashCode(), in.hashCode());
    assertTrue(!c.equals(Channel.<Integer>make()));
  }
}
