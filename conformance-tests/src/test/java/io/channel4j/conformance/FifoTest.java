package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers to Go's test/chan/fifo.go: channels are queues, buffered or not. */
class FifoTest {
  private static final int N = 50;

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void aBufferIsAQueue(Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(N, 0);
    var ops = operators.on(c);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < N; i++) {
        ops.send(i);
      }
      for (int i = 0; i < N; i++) {
        assertEquals(i, ops.receive());
      }
    }
  }

  /** Links of a chain that take one value each, in turn; the order of the turns is the proof. */
  @MatrixTest
  void whoTakesTurnsSeesTheSequence(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> values = Channel.make(capacity, 0);
    Channel<Boolean> start = Channel.make();
    try (var g = new Goroutines(kind)) {
      Channel<Boolean> turn = start;
      for (int i = 0; i < N; i++) {
        int mine = i;
        Channel<Boolean> before = turn;
        Channel<Boolean> after = Channel.make();
        g.go(
            () -> {
              before.receive();
              assertEquals(mine, operators.on(values).receive());
              after.send(true);
            });
        turn = after;
      }
      start.send(true);
      var ops = operators.on(values);
      for (int i = 0; i < N; i++) {
        ops.send(i);
      }
      turn.receive();
      g.await();
    }
  }
}
