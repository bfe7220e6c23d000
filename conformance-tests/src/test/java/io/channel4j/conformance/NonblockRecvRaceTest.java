package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's runtime/chan_test.go, TestNonblockRecvRace: a channel that holds a value or is
 * closed is ready at every instant, and "closed" is never reported while a value is there.
 */
class NonblockRecvRaceTest {
  private static final int ROUNDS = 3_000;

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void tryReceiveIsReadyWhileTheChannelIsClosed(ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Channel<Integer>> rounds = Channel.make(16);
    Channel<Boolean> gotValue = Channel.make();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (Channel<Integer> c : rounds) {
              var r = operators.on(c).tryReceive();
              assertTrue(r.isReady(), "it holds a value or is closed");
              gotValue.send(r.ok());
            }
          });
      for (int i = 0; i < ROUNDS; i++) {
        Channel<Integer> c = Channel.make(1, 0);
        c.send(1);
        rounds.send(c);
        c.close();
        Received<Integer> mine = operators.on(c).receiveOk();
        assertEquals(!mine.ok(), gotValue.receive(), "one of the two gets the value");
        assertEquals(mine.ok() ? 1 : 0, mine.value());
      }
      rounds.close();
      g.await();
    }
  }
}
