package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.Spin;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends that race a close (semantics 14): each is delivered or panics, none is returned and lost,
 * and after a receiver saw the channel closed no value appears. Answers to the data of Go's
 * runtime/race/testdata/chan_test.go, TestRaceChanSendClose and TestRaceChanSendSelectClose, in
 * which only the panic is up to chance.
 */
class CloseRaceTest {
  private static final int SENDERS = 3;

  @MatrixTest
  void deliveredOrPanicked(int capacity, ThreadKind kind, Operators operators) throws Exception {
    final int rounds = kind == ThreadKind.VIRTUAL ? 60 : 15;
    try (var g = new Goroutines(kind)) {
      for (int round = 0; round < rounds; round++) {
        Channel<Integer> c = Channel.make(capacity, 0);
        List<Outcome<Integer>> senders = new ArrayList<>();
        for (int s = 0; s < SENDERS; s++) {
          senders.add(g.call(() -> sendUntilPanic(operators, c)));
        }
        var receiver = g.call(() -> receiveUntilClosed(operators, c));
        var another = g.call(() -> receiveUntilClosed(operators, c));
        for (int i = 0; i < round; i++) {
          Thread.onSpinWait();
        }
        c.close();
        int received = receiver.get() + another.get();
        int sent = senders.stream().mapToInt(Outcome::get).sum();
        assertEquals(sent, received);
        assertEquals(0, c.len());
        g.awaitBlocked(c, 0, 0);
      }
    }
  }

  /** How many sends returned. */
  private static int sendUntilPanic(Operators operators, Channel<Integer> c)
      throws InterruptedException {
    var ops = operators.on(c);
    int sent = 0;
    try {
      for (; ; sent++) {
        if (sent % 3 == 2) {
          for (int i = 0; !ops.trySend(sent); i++) {
            Spin.pause(i);
          }
        } else {
          ops.send(sent);
        }
      }
    } catch (ChannelPanic.SendOnClosed e) {
      return sent;
    }
  }

  private static int receiveUntilClosed(Operators operators, Channel<Integer> c)
      throws InterruptedException {
    var ops = operators.on(c);
    int received = 0;
    while (ops.receiveOk().ok()) {
      received++;
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(new Received<>(0, false), ops.receiveOk(), "closed is for ever");
    }
    return received;
  }
}
