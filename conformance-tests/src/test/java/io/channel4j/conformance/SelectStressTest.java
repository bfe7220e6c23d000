package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SendCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Plain senders, plain receivers, and selects over all channels at once, none of which may lose,
 * double or miscount a value. Answers to TestSelectStress of runtime/chan_test.go.
 */
class SelectStressTest {
  private static final int[] CAPACITIES = {0, 0, 2, 3};

  /** Values per channel and sender. */
  private static final int N = 10_000;

  /** The selects are loops that disable a channel once it has had its share. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void loopsThatDisableFinishedChannels(ThreadKind kind) {
    var run = new Run(kind);
    run.start(run::sendInALoop, run::receiveInALoop);
  }

  /** The selects are fresh ones, in which finished channels are null. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void freshSelectsWithNullForFinishedChannels(ThreadKind kind) {
    var run = new Run(kind);
    run.start(run::sendAfresh, run::receiveAfresh);
  }

  /** Four channels; each value carries its sender and its number. */
  private static final class Run {
    final ThreadKind kind;
    final List<Channel<Integer>> channels = new ArrayList<>();

    /** How often each value was received, per channel: two senders of N values each. */
    final List<AtomicIntegerArray> received = new ArrayList<>();

    final AtomicLong total = new AtomicLong();

    Run(ThreadKind kind) {
      this.kind = kind;
      for (int capacity : CAPACITIES) {
        channels.add(Channel.make(capacity));
        received.add(new AtomicIntegerArray(2 * N));
      }
    }

    void start(Goroutines.Body sender, Goroutines.Body receiver) {
      try (var g = new Goroutines(kind)) {
        for (int k = 0; k < CAPACITIES.length; k++) {
          int at = k;
          g.go(
              () -> {
                for (int i = 0; i < N; i++) {
                  channels.get(at).send(i);
                }
              });
          g.go(
              () -> {
                for (int i = 0; i < N; i++) {
                  count(at, channels.get(at).receive());
                }
              });
        }
        g.go(sender);
        g.go(receiver);
        g.await();
      }
      assertEquals(CAPACITIES.length * 2L * N, total.get());
      for (int k = 0; k < CAPACITIES.length; k++) {
        for (int i = 0; i < 2 * N; i++) {
          assertEquals(1, received.get(k).get(i), "value " + i + " on channel " + k);
        }
        assertEquals(0, channels.get(k).len());
        Places.assertNone(channels.get(k));
      }
    }

    void count(int channel, @Nullable Integer value) {
      if (value == null) {
        throw new AssertionError("null on channel " + channel + ", which nobody sent");
      }
      received.get(channel).incrementAndGet(value);
      total.incrementAndGet();
    }

    void sendInALoop() throws InterruptedException {
      var select = Select.loop();
      var cases = new ArrayList<SendCase<Integer>>();
      int[] sent = new int[CAPACITIES.length];
      for (Channel<Integer> c : channels) {
        cases.add(select.send(c, N));
      }
      for (int i = 0; i < CAPACITIES.length * N; i++) {
        SendCase<Integer> chosen = cases.get(select.await().index());
        if (++sent[chosen.index()] == N) {
          chosen.disable();
        } else {
          chosen.value(N + sent[chosen.index()]);
        }
      }
    }

    void receiveInALoop() throws InterruptedException {
      var select = Select.loop();
      var cases = new ArrayList<ReceiveCase<Integer>>();
      int[] got = new int[CAPACITIES.length];
      for (Channel<Integer> c : channels) {
        cases.add(select.receive(c));
      }
      for (int i = 0; i < CAPACITIES.length * N; i++) {
        ReceiveCase<Integer> chosen = cases.get(select.await().index());
        count(chosen.index(), chosen.value());
        if (++got[chosen.index()] == N) {
          chosen.channel(null);
        }
      }
    }

    void sendAfresh() throws InterruptedException {
      int[] sent = new int[CAPACITIES.length];
      for (int i = 0; i < CAPACITIES.length * N; i++) {
        var select = Select.<Integer>of();
        for (int k : new int[] {3, 2, 0, 1}) {
          select.send(sent[k] == N ? null : channels.get(k), N + sent[k], () -> k);
        }
        sent[select.<RuntimeException>await()]++;
      }
    }

    void receiveAfresh() throws InterruptedException {
      int[] got = new int[CAPACITIES.length];
      for (int i = 0; i < CAPACITIES.length * N; i++) {
        var select = Select.<Integer>of();
        for (int k = 0; k < CAPACITIES.length; k++) {
          int at = k;
          select.receive(
              got[k] == N ? null : channels.get(k),
              v -> {
                count(at, v);
                return at;
              });
        }
        got[select.<RuntimeException>await()]++;
      }
    }
  }
}
