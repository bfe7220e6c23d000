package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import io.channel4j.select.SendCase;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One round of a select completes one case. Answers to test/chan/doubleselect.go. */
class SelectDoubleTest {
  private static final String ALL = "io.channel4j.conformance.support.SelectForm#all";
  private static final int WAYS = 4;

  /** Sends each number by one of four channels; two completed cases would double a number. */
  private static void sendNumbers(int n, SelectForm form, List<Channel<Integer>> ways)
      throws InterruptedException {
    if (form == SelectForm.LOOP) {
      var select = Select.loop();
      var cases = new ArrayList<SendCase<Integer>>();
      ways.forEach(w -> cases.add(select.send(w)));
      for (int i = 0; i < n; i++) {
        for (var c : cases) {
          c.value(i);
        }
        assertNotNull(select.await());
      }
    } else {
      for (int i = 0; i < n; i++) {
        Statement select = form.statement();
        for (var w : ways) {
          select.send(w, i);
        }
        assertNotNull(select.await());
      }
    }
    ways.forEach(Channel::close);
  }

  /** The four ways lead to one channel, on which every number comes once. */
  @ParameterizedTest
  @MethodSource(ALL)
  void noNumberTwice(int capacity, SelectForm form, ThreadKind kind) {
    int n = kind == ThreadKind.VIRTUAL ? 10_000 : 2_000;
    List<Channel<Integer>> ways = new ArrayList<>();
    for (int i = 0; i < WAYS; i++) {
      ways.add(Channel.make(capacity));
    }
    Channel<Integer> out = Channel.make();
    var muxes = new AtomicInteger(WAYS);
    try (var g = new Goroutines(kind)) {
      g.go(() -> sendNumbers(n, form, ways));
      for (Channel<Integer> w : ways) {
        g.go(
            () -> {
              int[] last = {-1};
              w.range(
                  v -> {
                    assertTrue(v > last[0], "order on one way");
                    last[0] = v;
                    out.send(v);
                  });
              if (muxes.decrementAndGet() == 0) {
                out.close();
              }
            });
      }
      g.go(
          () -> {
            var seen = new BitSet();
            out.range(
                v -> {
                  assertTrue(!seen.get(v), "twice: " + v);
                  seen.set(v);
                });
            assertEquals(n, seen.cardinality());
          });
      g.await();
    }
  }

  /** Without other threads in between: a receiving select opposite sees the numbers in order. */
  @ParameterizedTest
  @MethodSource(ALL)
  void noNumberTwiceToASelect(int capacity, SelectForm form, ThreadKind kind) {
    int n = kind == ThreadKind.VIRTUAL ? 10_000 : 2_000;
    List<Channel<Integer>> ways = new ArrayList<>();
    for (int i = 0; i < WAYS; i++) {
      ways.add(Channel.make(capacity));
    }
    try (var g = new Goroutines(kind)) {
      g.go(() -> sendNumbers(n, form, ways));
      g.go(
          () -> {
            Statement select = form.statement();
            ways.forEach(select::receive);
            var seen = new BitSet();
            int last = -1;
            while (seen.cardinality() < n) {
              Choice c = select.await();
              if (!c.ok()) {
                continue; // this one is closed, another still holds values
              }
              int v = (Integer) Objects.requireNonNull(c.value());
              assertTrue(!seen.get(v), "twice: " + v);
              assertTrue(capacity > 0 || v == last + 1, "out of order: " + v);
              seen.set(v);
              last = v;
            }
          });
      g.await();
    }
  }
}
