package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests that stop threads between two steps have in common. */
abstract class StoppedThreads {
  final Goroutines g = new Goroutines(ThreadKind.PLATFORM);
  Stops stops = new Stops(g);

  @BeforeEach
  void hook() {
    stops = new Stops(g);
  }

  @AfterEach
  void end() {
    stops.close();
    g.close();
  }

  /** A channel with a full buffer of -1, -2, and so on. */
  static Channel<Integer> full(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(-i - 1));
    }
    return c;
  }

  /** The only sender that waits. */
  final Outcome<Boolean> waitingSender(Channel<Integer> c, int value) {
    return waitingSender(c, value, 1);
  }

  /** The sender that waits in this position, from 1. */
  final Outcome<Boolean> waitingSender(Channel<Integer> c, int value, int position) {
    Outcome<Boolean> sender =
        g.call(
            () -> {
              c.send(value);
              return true;
            });
    g.awaitBlocked(c, 0, position);
    return sender;
  }

  /** They send 5, 6, and so on, in this order. */
  final List<Outcome<Boolean>> waitingSenders(Channel<Integer> c, int n) {
    List<Outcome<Boolean>> senders = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      senders.add(waitingSender(c, 5 + i, i + 1));
    }
    return senders;
  }
}
