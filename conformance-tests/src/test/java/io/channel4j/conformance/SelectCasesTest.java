package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Selects of a great many cases, made at run time. Answers to TestSelectMaxCases of
 * reflect/all_test.go, except that there is no limit here: Go's reflect refuses the 65,537th case.
 */
class SelectCasesTest {
  private static final int MANY = 65_536;

  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void manyCasesOnOneClosedChannel(SelectForm form) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    c.close();
    var select = form.statement();
    for (int i = 0; i < MANY + 1; i++) {
      select.receive(c);
    }
    Choice chosen = select.await();
    assertFalse(chosen.ok());
    assertTrue(chosen.index() >= 0 && chosen.index() <= MANY);
    assertFalse(select.poll().isDefault());
  }

  /** The one that becomes ready is chosen, the others are left; a second round works as well. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void manyChannelsOfWhichOneBecomesReady(SelectForm form) {
    List<Channel<Integer>> channels = new ArrayList<>();
    var select = form.statement();
    for (int i = 0; i < MANY; i++) {
      Channel<Integer> c = Channel.make(i % 3);
      channels.add(c);
      select.receive(c);
    }
    assertTrue(select.poll().isDefault());
    var random = new Random(4);
    try (var g = new Goroutines()) {
      for (int round = 0; round < 3; round++) {
        int hot = random.nextInt(MANY);
        var chosen = g.call(select::await);
        g.awaitParked(chosen.thread());
        Places.await(g, channels.get(hot), 1, 0);
        assertTrue(channels.get(hot).trySend(round));
        assertEquals(new Choice(hot, round, true), chosen.get());
        channels.forEach(Places::assertNone);
      }
    }
  }

  /** One channel in very many cases of a select that has to wait. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void manyCasesOnOneChannelThatBecomesReady(SelectForm form) {
    Channel<Integer> c = Channel.make();
    Channel<Integer> other = Channel.make();
    var select = form.statement();
    for (int i = 0; i < MANY; i++) {
      select.receive(c);
    }
    select.receive(other);
    try (var g = new Goroutines()) {
      for (int round = 0; round < 4; round++) {
        var chosen = g.call(select::await);
        g.awaitBlocked(other, 1, 0);
        if (round % 2 == 0) {
          assertTrue(c.trySend(round));
          assertTrue(chosen.get().index() < MANY);
        } else {
          assertTrue(other.trySend(round));
          assertEquals(MANY, chosen.get().index());
        }
        assertEquals(round, chosen.get().value());
        Places.assertNone(c);
        assertFalse(c.trySend(0));
      }
    }
  }

  /** Both ends of one channel, a thousand times each, against a plain peer: one exchange. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void manyCasesOnBothEnds(SelectForm form) {
    Channel<Integer> c = Channel.make();
    var select = form.statement();
    for (int i = 0; i < 1_000; i++) {
      select.receive(c).send(c, i);
    }
    try (var g = new Goroutines()) {
      var first = g.call(select::await);
      Places.await(g, c, 1_000, 1_000);
      g.awaitParked(first.thread());
      assertTrue(c.trySend(7));
      assertEquals(7, first.get().value());
      var second = g.call(select::await);
      Places.await(g, c, 1_000, 1_000);
      g.awaitParked(second.thread());
      var r = c.tryReceive();
      Choice chosen = second.get();
      assertTrue(r.ok());
      assertEquals(1, chosen.index() % 2);
      assertEquals(chosen.index() / 2, r.value());
      assertFalse(c.tryReceive().isReady());
      assertFalse(c.trySend(0));
    }
  }
}
