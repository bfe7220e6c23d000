package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A loop of try-operations with nothing else in it comes to see its peer: the compiler must not
 * take the look at the channel out of the loop.
 */
class BareLoopTest {
  /** Calls, for the compiler to compile the whole method, and looks in each. */
  private static final int WARM_UP = 30_000;

  private static final int LOOKS = 100;
  private static final int ROUNDS = 3;

  private static TryReceived<Integer> receive(Channel<Integer> c, long times) {
    TryReceived<Integer> r = c.tryReceive();
    for (long i = 1; i < times && !r.isReady(); i++) {
      r = c.tryReceive();
    }
    return r;
  }

  private static boolean send(Channel<Integer> c, long times) {
    boolean sent = c.trySend(1);
    for (long i = 1; i < times && !sent; i++) {
      sent = c.trySend(1);
    }
    return sent;
  }

  private volatile boolean begun;

  private long begun(long times) {
    begun = true;
    return times;
  }

  /** Nothing in the loop may say that it goes round. */
  private void awaitLoop() {
    while (!begun) {
      Thread.onSpinWait();
    }
    begun = false;
    for (int n = 0; n < WARM_UP; n++) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void receiverSeesSender(int capacity) throws InterruptedException {
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      for (int i = 0; i < ROUNDS; i++) {
        Channel<Integer> c = Channel.make(capacity);
        for (int n = 0; n < WARM_UP; n++) {
          assertFalse(receive(c, LOOKS).isReady());
        }
        Outcome<TryReceived<Integer>> r = g.call(() -> receive(c, begun(Long.MAX_VALUE)));
        awaitLoop();
        c.send(i);
        assertEquals(i, r.get().value());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void senderSeesReceiver(int capacity) throws InterruptedException {
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      for (int i = 0; i < ROUNDS; i++) {
        Channel<Integer> c = Channel.make(capacity);
        for (int n = 0; n < capacity; n++) {
          c.send(1);
        }
        for (int n = 0; n < WARM_UP; n++) {
          assertFalse(send(c, LOOKS));
        }
        Outcome<Boolean> sent = g.call(() -> send(c, begun(Long.MAX_VALUE)));
        awaitLoop();
        assertEquals(1, c.receive());
        assertTrue(sent.get());
      }
    }
  }
}
