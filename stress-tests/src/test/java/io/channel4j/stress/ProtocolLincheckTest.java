package io.channel4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Operations that wait: small programs, each gone through schedule by schedule. Every one of them
 * must come to its end, so a wake-up that is lost shows as a hang, and must end as Go allows.
 *
 * <p>What this cannot show: virtual threads, and interrupts in a monitor, which Lincheck does not
 * support, and anything weaker than sequential consistency; see the jcstress suites for these. The
 * threads park in a monitor: see {@link ModelParking}.
 */
@Tag("model")
class ProtocolLincheckTest {
  private static final int SCHEDULES = 200;
  private static final Duration SOON = Duration.ofSeconds(1);

  @BeforeAll
  static void rewire() {
    assertEquals(Map.of("Parker", 2, "Selector", 1), Rewired.REPLACED);
  }

  /** What the threads of a program saw, one place each. */
  private static final class Seen {
    private final AtomicReferenceArray<Object> places = new AtomicReferenceArray<>(4);

    void set(int place, Object o) {
      places.set(place, o);
    }

    /** Exactly one of the lists. */
    void is(Object... allowed) {
      String got = "";
      for (int i = 0; i < places.length() && places.get(i) != null; i++) {
        got += (i == 0 ? "" : ", ") + places.get(i);
      }
      if (!Set.of(allowed).contains(got)) {
        throw new AssertionError("saw " + got + ", not one of " + List.of(allowed));
      }
    }
  }

  private static void nobodyWaits(Channel<?>... channels) {
    for (Channel<?> ch : channels) {
      var base = (ChannelBase<?>) ch;
      if (base.waitingReceivers() + base.waitingSenders() != 0) {
        throw new AssertionError("somebody still waits on " + ch);
      }
    }
  }

  @Test
  void rendezvous() {
    Lincheck.program(
        "rendezvous",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.send(ch, 1)), () -> seen.set(1, Ops.receive(ch)));
          seen.is("sent, 1");
          nobodyWaits(ch);
        });
  }

  @Test
  void twoSendersOneReceiver() {
    Lincheck.program(
        "two senders, one receiver",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.send(ch, 1)),
              () -> seen.set(1, Ops.send(ch, 2)),
              () -> {
                seen.set(2, Ops.receive(ch));
                seen.set(3, Ops.receive(ch));
              });
          seen.is("sent, sent, 1, 2", "sent, sent, 2, 1");
          nobodyWaits(ch);
        });
  }

  @Test
  void senderBehindAFullBuffer() {
    Lincheck.program(
        "sender behind a full buffer",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Ops.full(1);
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.send(ch, 2)),
              () -> {
                seen.set(1, Ops.receive(ch));
                seen.set(2, Ops.receive(ch));
              });
          seen.is("sent, 1, 2");
          nobodyWaits(ch);
        });
  }

  @Test
  void twoReceiversAdmitOneSender() {
    Lincheck.program(
        "two receivers, a waiting sender",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Ops.full(1);
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.send(ch, 2)),
              () -> seen.set(1, Ops.receive(ch)),
              () -> seen.set(2, Ops.receive(ch)));
          seen.is("sent, 1, 2", "sent, 2, 1");
          nobodyWaits(ch);
        });
  }

  @Test
  void closeWakesReceivers() {
    Lincheck.program(
        "close, two receivers",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Channel.make(1);
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.receive(ch)),
              () -> seen.set(1, Ops.receive(ch)),
              () -> {
                seen.set(2, Ops.trySend(ch, 1));
                ch.close();
              });
          seen.is("1, closed, sent", "closed, 1, sent");
          nobodyWaits(ch);
        });
  }

  @Test
  void closeAgainstASend() {
    Lincheck.program(
        "close against a send",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.send(ch, 1)), () -> seen.set(1, Ops.receive(ch)), ch::close);
          seen.is("sent, 1", "panic, closed");
          nobodyWaits(ch);
        });
  }

  @Test
  void deadlineAgainstAPeer() {
    Lincheck.program(
        "deadline against a peer",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Ops.full(1);
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, Ops.sendWithin(ch, 2, SOON)),
              () -> {
                seen.set(1, Ops.receive(ch));
                seen.set(2, Ops.tryReceive(ch));
              });
          // the receive may come between the deadline and its answer
          seen.is("sent, 1, 2", "not ready, 1, not ready", "sent, 1, not ready");
          if (Ops.NOT_READY.equals(seen.places.get(2))) {
            assertEquals(Ops.SENT.equals(seen.places.get(0)), ch.len() == 1);
          }
          nobodyWaits(ch);
        });
  }

  @Test
  void facingSelectsOnTwoChannels() {
    Lincheck.program(
        "facing selects, two channels",
        SCHEDULES,
        () -> {
          Channel<Integer> there = Channel.make();
          Channel<Integer> back = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, FacingSelects.select(there, 1, back)),
              () -> seen.set(1, FacingSelects.select(back, 2, there)));
          seen.is("sent, 1", "2, sent");
          nobodyWaits(there, back);
        });
  }

  @Test
  void facingSelectsOnOneChannel() {
    Lincheck.program(
        "facing selects, one channel",
        SCHEDULES,
        () -> {
          Channel<Integer> ch = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> seen.set(0, FacingSelects.select(ch, 1, ch)),
              () -> seen.set(1, FacingSelects.select(ch, 2, ch)));
          seen.is("sent, 1", "2, sent");
          nobodyWaits(ch);
        });
  }

  @Test
  void selectAgainstTwoPeersAndAClose() {
    Lincheck.program(
        "select, a sender, a close",
        SCHEDULES,
        () -> {
          Channel<Integer> in = Channel.make(1);
          Channel<Integer> done = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () -> {
                var select = Select.loop();
                var fromIn = select.receive(in);
                var fromDone = select.receive(done);
                int values = 0;
                while (select.await() != fromDone) {
                  values += fromIn.value();
                }
                seen.set(0, values + (in.tryReceive().ok() ? 1 : 0));
              },
              () -> Ops.send(in, 1),
              done::close);
          if ((int) seen.places.get(0) > 1) {
            throw new AssertionError("a value twice");
          }
          nobodyWaits(done);
        });
  }

  @Test
  void selectWithADeadline() {
    Lincheck.program(
        "select with a deadline",
        SCHEDULES,
        () -> {
          Channel<Integer> first = Channel.make();
          Channel<Integer> second = Channel.make();
          var seen = new Seen();
          ModelParking.together(
              () ->
                  seen.set(
                      0,
                      Ops.await(
                          Select.<Object>of()
                              .receive(first, v -> v)
                              .receive(second, v -> v)
                              .onTimeout(SOON, () -> "timeout"))),
              () -> {
                seen.set(1, Ops.trySend(first, 1));
                seen.set(2, Ops.trySend(second, 2));
              });
          seen.is("1, sent, not ready", "2, not ready, sent", "timeout, not ready, not ready");
          nobodyWaits(first, second);
        });
  }

  // ---- Lincheck itself

  @Test
  void lincheckFindsALostPermit() {
    ModelParking.losesPermits = true;
    try {
      var found = assertThrows(LincheckAssertionError.class, this::rendezvous);
      assertTrue(found.toString().contains("hung"), found::toString);
    } finally {
      ModelParking.losesPermits = false;
    }
  }
}
