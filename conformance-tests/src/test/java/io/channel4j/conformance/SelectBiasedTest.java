package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A biased select prefers the case that was added first. Go has no such thing. */
class SelectBiasedTest {
  private static final int CASES = 6;

  private static List<Channel<Integer>> channels() {
    var channels = new ArrayList<Channel<Integer>>();
    for (int i = 0; i < CASES; i++) {
      Channel<Integer> c = Channel.make(100);
      for (int k = 0; k < 100; k++) {
        c.trySend(i);
      }
      channels.add(c);
    }
    return channels;
  }

  /** All are ready all the time, and are emptied one after the other. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void firstAddedFirst(SelectForm form) throws InterruptedException {
    var select = form.statement().biased();
    channels().forEach(select::receive);
    for (int i = 0; i < CASES * 100; i++) {
      assertEquals(i / 100, (i % 2 == 0 ? select.await() : select.poll()).index());
    }
  }

  /** Also when the loop has selected without bias before. */
  @Test
  void fromNowOn() throws InterruptedException {
    for (int attempt = 0; attempt < 20; attempt++) {
      var select = Select.loop();
      for (var c : channels()) {
        var unused = select.receive(c);
      }
      for (int i = 0; i < 10; i++) {
        select.await();
      }
      var unused = select.biased();
      for (int i = 0; i < 20; i++) {
        assertEquals(0, select.await().index());
      }
    }
  }

  /** Order is that of the cases, not of the channels, and disabled ones are passed over. */
  @Test
  void afterCasesCameAndWent() throws InterruptedException {
    var channels = channels();
    var select = Select.loop().biased();
    var third = select.receive(channels.get(3));
    var none = select.receive(Channel.<Integer>nil());
    var first = select.receive(channels.get(1));
    for (int i = 0; i < 10; i++) {
      assertEquals(third, select.await());
    }
    third.disable();
    assertEquals(first, select.await());
    none.channel(channels.get(5));
    assertEquals(none, select.await());
    third.enable();
    assertEquals(third, select.await());
  }

  /** A biased select that has to wait is served by whoever comes. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void waitsForAny(SelectForm form) {
    List<Channel<Integer>> channels = List.of(Channel.make(), Channel.make(), Channel.make());
    var select = form.statement().biased();
    channels.forEach(select::receive);
    try (var g = new Goroutines()) {
      for (int i = 2; i >= 0; i--) {
        var chosen = g.call(select::await);
        g.awaitBlocked(channels.get(2), 1, 0);
        channels.get(i).trySend(i);
        assertEquals(i, chosen.get().index());
      }
    }
  }
}
