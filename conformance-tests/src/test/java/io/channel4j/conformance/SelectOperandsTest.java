package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SendCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Operands are evaluated once, in source order, before the choice, whatever becomes of their case;
 * what is done with a received value comes after, for the chosen case only.
 */
class SelectOperandsTest {

  // ---- test/chan/select.go

  /** Sends powers of two, each evaluated in every round for both cases. */
  private static final class Values {
    int counter;
    int shift;

    int get() {
      counter++;
      return 1 << shift;
    }
  }

  private static int value(Channel<Integer> c) throws InterruptedException {
    return Objects.requireNonNull(c.receive());
  }

  private static int sendAfresh(Values values, @Nullable Channel<Integer> a, Channel<Integer> b)
      throws InterruptedException {
    Channel<Integer> first = a;
    Channel<Integer> second = b;
    for (int sent = 0; ; sent++) {
      int chosen =
          Select.<Integer>of()
              .send(first, values.get(), () -> 0)
              .send(second, values.get(), () -> 1)
              .orDefault(() -> 2)
              .<RuntimeException>await();
      if (chosen == 2) {
        return sent;
      }
      if (chosen == 0) {
        first = null;
      } else {
        second = Channel.nil();
      }
      values.shift++;
    }
  }

  private static int sendInALoop(Values values, Channel<Integer> a, @Nullable Channel<Integer> b) {
    var select = Select.loop();
    SendCase<Integer> first = select.send(a);
    SendCase<Integer> second = select.send(b);
    for (int sent = 0; ; sent++) {
      first.value(values.get());
      second.value(values.get());
      var chosen = select.poll();
      if (chosen == null) {
        return sent;
      }
      if (chosen == first) {
        first.channel(null);
      } else {
        second.disable();
      }
      values.shift++;
    }
  }

  /** Answers to test/chan/select.go: also the operand of a nil channel's case is evaluated. */
  @Test
  void valuesForNilChannelsAreEvaluated() throws InterruptedException {
    var values = new Values();
    Channel<Integer> a = Channel.make(1);
    Channel<Integer> b = Channel.make(1);
    assertEquals(2, sendAfresh(values, a, b));
    assertEquals(Set.of(1, 2), Set.of(value(a), value(b)));
    assertEquals(1, sendAfresh(values, null, a));
    assertEquals(10, values.counter);
  }

  /** The same with handles, whose value is set before each round. */
  @Test
  void valuesForDisabledCasesOfALoopAreEvaluated() throws InterruptedException {
    var values = new Values();
    Channel<Integer> a = Channel.make(1);
    Channel<Integer> b = Channel.make(1);
    assertEquals(2, sendInALoop(values, a, b));
    assertEquals(Set.of(1, 2), Set.of(value(a), value(b)));
    assertEquals(1, sendInALoop(values, a, null));
    assertEquals(10, values.counter);
  }

  // ---- test/chan/select4.go

  /** Answers to test/chan/select4.go: only the chosen case's target is evaluated. */
  @Test
  void onlyTheChosenCaseStoresItsValue() throws InterruptedException {
    Channel<Integer> ready = Channel.make(1);
    Channel<Integer> empty = Channel.make();
    ready.send(42);
    int[] x = new int[1];
    int got =
        Select.<Integer>of()
            .receive(empty, v -> SelectOperandsTest.notReached()[0] = 1)
            .receive(ready, v -> x[0] = v == null ? -1 : v)
            .<RuntimeException>await();
    assertEquals(42, got);
    assertEquals(42, x[0]);
  }

  private static int[] notReached() {
    throw new AssertionError("the target of a case that was not chosen was evaluated");
  }

  // ---- test/fixedbugs/issue8336.go

  private record Holder(Channel<Integer> c) {}

  private static @Nullable Holder none() {
    return null;
  }

  /** Answers to test/fixedbugs/issue8336.go: an operand that fails ends the select at once. */
  @Test
  @SuppressWarnings("NullAway") // the null is the point
  void anOperandThatThrowsEndsTheEvaluation() {
    var called = new AtomicInteger();
    Channel<Integer> ready = Channel.make(1);
    assertTrue(ready.trySend(1));
    assertThrows(
        NullPointerException.class,
        () ->
            Select.<Integer>of()
                .receive(ready, v -> 0)
                .receive(none().c(), v -> 1)
                .receive(counting(called), v -> 2)
                .await());
    assertEquals(0, called.get());
    assertEquals(1, ready.len());
  }

  private static Channel<Integer> counting(AtomicInteger calls) {
    calls.incrementAndGet();
    return Channel.make();
  }

  // ---- test/chan/select5.go

  /** Writes down the order in which operands are evaluated and bodies run. */
  private static final class Order {
    final List<String> seen = new ArrayList<>();
    final List<String> wanted = new ArrayList<>();
    private int next;

    private <V extends @Nullable Object> V note(V value) {
      seen.add("operand " + wanted.size());
      wanted.add("operand " + next++);
      return value;
    }

    @Nullable ReceiveChannel<Integer> from(@Nullable Channel<Integer> c) {
      return note(c);
    }

    @Nullable SendChannel<Integer> to(@Nullable Channel<Integer> c) {
      return note(c);
    }

    int value(int v) {
      return note(v);
    }

    String body(String name) {
      seen.add(name);
      return name;
    }

    void verify(String chosen) {
      wanted.add(chosen);
      assertEquals(wanted, seen);
    }
  }

  /** The ways to write the one case that is ready. */
  private enum Main {
    SEND,
    RECEIVE_AND_DROP,
    RECEIVE_VALUE,
    RECEIVE_VALUE_AND_OK
  }

  /**
   * Answers to test/chan/select5.go: all combinations of a default before or after, dummy cases
   * that are not ready, and nil cases, around one ready case in every way of writing it.
   */
  @Test
  void operandsInSourceOrderAndBodyLast() throws InterruptedException {
    int programs = 0;
    for (Main main : Main.values()) {
      for (int bits = 0; bits < 1 << 10; bits++) {
        if ((bits & 3) != 3) { // one default at most
          runOneProgram(main, bits);
          programs++;
        }
      }
    }
    assertEquals(4 * 768, programs);
  }

  private static void runOneProgram(Main main, int bits) throws InterruptedException {
    var order = new Order();
    Channel<Integer> c = Channel.make(1);
    int n = bits + 1;
    if (main != Main.SEND) {
      c.send(n);
    }
    var select = Select.<String>of();
    if ((bits & 1) != 0) {
      select.orDefault(() -> order.body("default"));
    }
    addDummies(select, order, bits >>> 2);
    switch (main) {
      case SEND -> select.send(order.to(c), order.value(n), () -> order.body("main"));
      case RECEIVE_AND_DROP -> select.receive(order.from(c), () -> order.body("main"));
      case RECEIVE_VALUE ->
          select.receive(
              order.from(c),
              v -> {
                assertEquals(n, v);
                return order.body("main");
              });
      case RECEIVE_VALUE_AND_OK ->
          select.receive(
              order.from(c),
              (v, ok) -> {
                assertEquals(n, v);
                assertTrue(ok);
                return order.body("main");
              });
    }
    addDummies(select, order, bits >>> 6);
    if ((bits & 2) != 0) {
      select.orDefault(() -> order.body("default"));
    }
    assertEquals("main", select.<RuntimeException>await());
    order.verify("main");
    if (main == Main.SEND) {
      assertEquals(n, c.receive());
    }
    assertEquals(0, c.len());
  }

  private static void addDummies(Select<String> select, Order order, int bits) {
    if ((bits & 1) != 0) {
      select.send(order.to(Channel.make()), order.value(1), () -> order.body("dummy send"));
    }
    if ((bits & 2) != 0) {
      select.receive(order.from(Channel.make()), v -> order.body("dummy receive"));
    }
    if ((bits & 4) != 0) {
      select.send(order.to(null), order.value(1), () -> order.body("nil send"));
    }
    if ((bits & 8) != 0) {
      select.receive(order.from(Channel.nil()), (v, ok) -> order.body("nil receive"));
    }
  }

  /** The last part of select5: with no case ready the default runs, and no target is touched. */
  @Test
  void theDefaultTouchesNoTarget() throws InterruptedException {
    for (int bits = 0; bits < 1 << 8; bits++) {
      var order = new Order();
      var select = Select.<String>of();
      addDummies(select, order, bits);
      select.orDefault(() -> order.body("default"));
      addDummies(select, order, bits >>> 4);
      assertEquals("default", select.<RuntimeException>await());
      order.verify("default");
    }
  }

  /** What a loop's handle sends is what it was given last before the round, null included. */
  @Test
  void aHandleSendsItsLatestValue() throws InterruptedException {
    Channel<@Nullable String> c = Channel.make(1);
    var select = Select.loop();
    SendCase<@Nullable String> out = select.send(c);
    ReceiveCase<@Nullable String> in = select.receive(c);
    assertEquals(out, select.await());
    assertEquals(in, select.await());
    assertNull(in.value());
    for (String v : List.of("a", "b", "b")) {
      out.value("stale").value(v);
      assertEquals(out, select.await());
      assertEquals(in, select.await());
      assertEquals(v, in.value());
      assertTrue(in.ok());
    }
  }
}
