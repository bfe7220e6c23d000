package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Selects that face each other always meet, and what one sent the other received: semantics 28. In
 * every test here all partners select, over channels that are crossed, in rings and in crowds; the
 * numbers are such that all end if, and only if, every possible exchange takes place.
 */
class SelectMeetTest {
  private static final String FORMS_AND_KINDS =
      "io.channel4j.conformance.support.SelectForm#formsAndKinds";
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";

  private static int value(Choice c) {
    return (Integer) Objects.requireNonNull(c.value());
  }

  /**
   * A sends on x or receives from y, B receives from x or sends on y. As many rounds on either side
   * end only if they meet each time; no round can be left over.
   */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void twoSelectsOnCrossedChannels(SelectForm form, ThreadKind kind) {
    int rounds = kind == ThreadKind.VIRTUAL ? 100_000 : 20_000;
    Channel<Integer> x = Channel.make();
    Channel<Integer> y = Channel.make();
    long[] byX = new long[2];
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            Statement a = form.statement().send(x, 1).receive(y);
            for (int i = 0; i < rounds; i++) {
              Choice c = a.await();
              byX[0] += c.index() == 0 ? 1 : 0;
              assertTrue(c.index() == 0 || Integer.valueOf(2).equals(c.value()));
            }
          });
      g.go(
          () -> {
            Statement b = form.statement().send(y, 2).receive(x);
            for (int i = 0; i < rounds; i++) {
              Choice c = b.await();
              byX[1] += c.index() == 1 ? 1 : 0;
              assertTrue(c.index() == 0 || Integer.valueOf(1).equals(c.value()));
            }
          });
      g.await();
    }
    assertEquals(byX[0], byX[1], "exchanges on x, as both saw them");
    Places.assertNone(x, y);
  }

  /**
   * Many senders and as many receivers at once, in pairs with a channel of their own, and all of
   * them on two more. There are as many sends as receives left at any time, so all end.
   */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void manyPairs(SelectForm form, ThreadKind kind) {
    int pairs = kind == ThreadKind.VIRTUAL ? 50 : 8;
    int rounds = 1_000;
    Channel<Integer> shared = Channel.make();
    Channel<Integer> sharedToo = Channel.make();
    var balance = new AtomicLong();
    try (var g = new Goroutines(kind)) {
      for (int p = 0; p < pairs; p++) {
        Channel<Integer> own = Channel.make();
        int v = p + 1;
        g.go(
            () -> {
              Statement s = form.statement().send(own, v).send(shared, v).send(sharedToo, v);
              for (int i = 0; i < rounds; i++) {
                Choice unused = s.await();
                balance.addAndGet(v);
              }
            });
        g.go(
            () -> {
              Statement s = form.statement().receive(shared).receive(own).receive(sharedToo);
              for (int i = 0; i < rounds; i++) {
                Choice c = s.await();
                assertTrue(c.ok());
                balance.addAndGet(-value(c));
              }
            });
      }
      g.await();
    }
    assertEquals(0, balance.get(), "sum of what was sent minus what was received");
    Places.assertNone(shared, sharedToo);
  }

  /**
   * A ring of k selects over k channels: number i sends to channel i or receives from channel i+1.
   * A counter decides who still may; the last ones are let go by a close.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void rings(int capacity, SelectForm form, ThreadKind kind) {
    int[] sizes = kind == ThreadKind.VIRTUAL ? new int[] {2, 3, 5, 16, 100} : new int[] {2, 3, 8};
    for (int k : sizes) {
      List<Channel<Integer>> ring = new ArrayList<>();
      for (int i = 0; i < k; i++) {
        ring.add(Channel.make(capacity));
      }
      Channel<Integer> over = Channel.make();
      var rounds = new AtomicLong(4_000);
      var sum = new AtomicLong();
      try (var g = new Goroutines(kind)) {
        for (int i = 0; i < k; i++) {
          int me = i;
          g.go(
              () -> {
                Channel<Integer> mine = ring.get(me);
                Channel<Integer> next = ring.get((me + 1) % k);
                Statement s = form.statement().send(mine, me).receive(next).receive(over);
                for (; ; ) {
                  Choice c = s.await();
                  if (c.index() == 2) {
                    return;
                  }
                  if (c.index() == 1) {
                    assertNotEquals(me, c.value());
                    assertEquals((me + 1) % k, c.value());
                  }
                  sum.addAndGet(c.index() == 0 ? 1 : -1);
                  if (rounds.decrementAndGet() == 0) {
                    over.close();
                  }
                }
              });
        }
        g.await();
      }
      long left = ring.stream().mapToInt(Channel::len).sum();
      assertEquals(left, sum.get(), "sends minus receives");
      ring.forEach(Places::assertNone);
    }
  }

  /** Everybody selects on both ends of all of three channels, one-shot and loop mixed. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void everybodyOnEverything(int capacity, ThreadKind kind) {
    int threads = 8;
    List<Channel<Integer>> channels =
        List.of(Channel.make(capacity), Channel.make(), Channel.make(capacity));
    Channel<Integer> over = Channel.make();
    var rounds = new AtomicLong(10_000);
    var balance = new AtomicLong();
    try (var g = new Goroutines(kind)) {
      for (int t = 0; t < threads; t++) {
        int me = t;
        g.go(
            () -> {
              Statement s =
                  (me % 2 == 0 ? SelectForm.ONE_SHOT : SelectForm.LOOP).statement().receive(over);
              for (int i = 0; i < 3; i++) {
                int at = (i + me) % 3;
                s.send(channels.get(at), 1 + me).receive(channels.get(at));
              }
              for (; ; ) {
                Choice c = s.await();
                if (c.index() == 0) {
                  return;
                }
                balance.addAndGet(c.index() % 2 == 1 ? 1 + me : -value(c));
                if (rounds.decrementAndGet() == 0) {
                  over.close();
                }
              }
            });
      }
      g.await();
    }
    for (Channel<Integer> c : channels) {
      for (var r = c.tryReceive(); r.isReady(); r = c.tryReceive()) {
        balance.addAndGet(-Objects.requireNonNull(r.value()));
      }
      Places.assertNone(c);
    }
    assertEquals(0, balance.get(), "sum of what was sent minus what was received");
  }
}
