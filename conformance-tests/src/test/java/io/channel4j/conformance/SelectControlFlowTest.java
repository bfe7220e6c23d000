package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What bodies may do: leave, throw, select again. And what a used-up select says. */
class SelectControlFlowTest {

  private static Channel<Integer> holding(int... values) {
    Channel<Integer> c = Channel.make(Math.max(1, values.length), 0);
    for (int v : values) {
      assertTrue(c.trySend(v));
    }
    return c;
  }

  // ---- test/chan/select8.go: break, continue, return and labels, in the loop form

  /** Answers to test/chan/select8.go for break: one, two and three cases, and a default. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  @SuppressWarnings("UnusedVariable")
  void breakLeavesTheLoop(ThreadKind kind) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (; ; ) {
              c.send(5);
            }
          });
      for (int cases = 1; cases <= 3; cases++) {
        var select = Select.loop();
        var in = select.receive(c);
        var never = cases > 1 ? select.receive(Channel.<Integer>make()) : null;
        var nil = cases > 2 ? select.send(Channel.<Integer>nil(), 10) : null;
        int rounds = 0;
        for (; ; ) {
          var chosen = select.await();
          assertSame(in, chosen);
          if (++rounds < 3) {
            continue;
          }
          break;
        }
        assertEquals(3, rounds);
        assertEquals(5, in.value());
      }
      var onlyDefault = Select.loop();
      while (true) {
        if (onlyDefault.poll() == null) {
          break;
        }
        fail("a case of none was chosen");
      }
    }
  }

  private static int firstOver(int limit, Channel<Integer> a, Channel<Integer> b)
      throws InterruptedException {
    var select = Select.loop();
    var fromA = select.receive(a);
    var fromB = select.receive(b);
    for (; ; ) {
      var chosen = select.await();
      Integer v = chosen == fromA ? fromA.value() : fromB.value();
      if (v != null && v > limit) {
        return v;
      }
    }
  }

  @Test
  void returnLeavesTheMethod() throws InterruptedException {
    assertEquals(9, firstOver(8, holding(1, 2, 3), holding(7, 9)));
  }

  @Test
  void labelsReachTheOuterLoop() throws InterruptedException {
    Channel<Integer> c = holding(1, 2, 3, 4, 5);
    int outer = 0;
    out:
    for (; ; ) {
      outer++;
      var select = Select.loop();
      var in = select.receive(c);
      for (; ; ) {
        select.await();
        Integer v = in.value();
        if (v != null && v == 4) {
          break out;
        }
        if (v != null && v % 2 == 0) {
          continue out;
        }
      }
    }
    assertEquals(2, outer);
    assertEquals(1, c.len());
  }

  /** A switch over the index is Go's select with its cases. */
  @Test
  void indexesNumberTheCases() throws InterruptedException {
    var select = Select.loop();
    var a = select.receive(holding(7));
    var b = select.send(holding(1), 1);
    var c = select.receive(Channel.<Integer>nil());
    assertAll(
        () -> assertEquals(0, a.index()),
        () -> assertEquals(1, b.index()),
        () -> assertEquals(2, c.index()));
    switch (select.await().index()) {
      case 0 -> assertEquals(7, a.value());
      default -> fail("a case that is not ready was chosen");
    }
  }

  // ---- values and throwables of bodies

  @Test
  void theValueOfTheBodyIsTheValueOfTheSelect() throws InterruptedException {
    String s =
        Select.<String>of()
            .receive(holding(3), (v, ok) -> ok ? "got " + v : "closed")
            .<RuntimeException>await();
    assertEquals("got 3", s);
    assertNull(
        Select.<@Nullable String>of().receive(holding(3), () -> null).<RuntimeException>await());
    assertEquals("none", Select.<String>of().orDefault(() -> "none").<RuntimeException>await());
  }

  /** Only the chosen body runs, in the calling thread, when the exchange is over. */
  @Test
  void bodiesRunInTheCallingThreadAfterTheExchange() throws InterruptedException {
    Channel<Integer> c = holding(1, 2);
    Channel<Integer> idle = Channel.make();
    Thread me = Thread.currentThread();
    int left =
        Select.<Integer>of()
            .receive(idle, v -> fail("not chosen"))
            .receive(
                c,
                v -> {
                  assertSame(me, Thread.currentThread());
                  Places.assertNone(idle);
                  return c.len();
                })
            .<RuntimeException>await();
    assertEquals(1, left);
  }

  private static <X extends Throwable> void assertComesOut(X thrown) {
    Channel<Integer> c = holding(1);
    var select =
        Select.<Integer>of()
            .receive(Channel.<Integer>make(), v -> 0)
            .receive(
                c,
                v -> {
                  if (thrown instanceof Exception e) {
                    throw e;
                  }
                  throw (Error) thrown;
                });
    Throwable out = assertThrows(thrown.getClass(), select::<Exception>await);
    assertSame(thrown, out);
    assertEquals(0, c.len(), "the exchange took place");
  }

  /** Checked or not, the very object comes out, not wrapped. */
  @Test
  void whatABodyThrowsComesOut() {
    assertComesOut(new TimeoutException("late"));
    assertComesOut(new IOException("disk"));
    assertComesOut(new InterruptedException("a body was interrupted"));
    assertComesOut(new IllegalStateException("bug"));
    assertComesOut(new AssertionError("error"));
    assertComesOut(new StackOverflowError());
  }

  private static int limited(Duration limit, Channel<Integer> c)
      throws InterruptedException, TimeoutException {
    return Select.<Integer>of()
        .receive(c, v -> v == null ? -1 : v)
        .onTimeout(
            limit,
            () -> {
              throw new TimeoutException("took too long");
            })
        .<TimeoutException>await();
  }

  /** The type argument of await names the checked exception, which the compiler then knows. */
  @Test
  void theCallerNamesTheCheckedException() throws Exception {
    assertEquals(3, limited(Duration.ofHours(1), holding(3)));
    var e =
        assertThrows(TimeoutException.class, () -> limited(Duration.ofNanos(1), Channel.make()));
    assertEquals("took too long", e.getMessage());
  }

  @Test
  void aDefaultMayThrow() {
    var select =
        Select.<Integer>of()
            .orDefault(
                () -> {
                  throw new IOException("nothing");
                });
    assertEquals(
        "nothing", assertThrows(IOException.class, select::<IOException>await).getMessage());
  }

  // ---- selects within selects

  private static int drain(int depth, Channel<Integer> c) throws Exception {
    return Select.<Integer>of()
        .receive(c, (v, ok) -> ok ? depth + drain(depth + 1, c) : 0)
        .receive(Channel.<Integer>make(), v -> fail("not ready"))
        .<Exception>await();
  }

  /** A body may select on the very channels of its own select. */
  @Test
  void bodiesMaySelect() throws Exception {
    Channel<Integer> c = holding(1, 2, 3, 4, 5);
    c.close();
    assertEquals(1 + 2 + 3 + 4 + 5, drain(1, c));
  }

  /** A body may wait as well, for a partner that waits for the same select. */
  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void bodiesMayWait(ThreadKind kind) throws InterruptedException {
    Channel<Integer> c = Channel.make();
    Channel<Integer> idle = Channel.make();
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            c.send(1);
            assertEquals(2, c.receive());
            c.send(3);
          });
      int sum =
          Select.<Integer>of()
              .receive(idle, v -> fail("not ready"))
              .receive(
                  c,
                  first ->
                      Select.<Integer>of()
                          .receive(idle, v -> fail("not ready"))
                          .send(
                              c,
                              2,
                              () ->
                                  Select.<Integer>of()
                                      .receive(c, v -> v == null ? -1 : v)
                                      .<Exception>await())
                          .<Exception>await())
              .<RuntimeException>await();
      assertEquals(3, sum);
      g.await();
      Places.assertNone(idle);
    }
  }

  /** Between two rounds of a loop its thread may use another loop on the same channels. */
  @Test
  void loopsNest() throws InterruptedException {
    Channel<Integer> c = holding(1, 2, 3, 4);
    var outer = Select.loop();
    var inOuter = outer.receive(c);
    var inner = Select.loop();
    var inInner = inner.receive(c);
    var seen = new ArrayList<@Nullable Integer>();
    for (int i = 0; i < 2; i++) {
      outer.await();
      seen.add(inOuter.value());
      inner.await();
      seen.add(inInner.value());
    }
    assertEquals(List.of(1, 2, 3, 4), seen);
  }

  // ---- used up

  /** A one-shot select that was awaited says so, whatever is asked of it. */
  @Test
  void aOneShotSelectIsForOneUse() throws InterruptedException {
    Channel<Integer> c = holding(1, 2);
    var select = Select.<@Nullable Integer>of().receive(c, v -> v);
    assertEquals(1, select.<RuntimeException>await());
    var all =
        List.<IllegalStateException>of(
            assertThrows(IllegalStateException.class, select::<RuntimeException>await),
            assertThrows(IllegalStateException.class, () -> select.receive(c, v -> v)),
            assertThrows(IllegalStateException.class, () -> select.receive(c, (v, ok) -> v)),
            assertThrows(IllegalStateException.class, () -> select.receive(c, () -> 1)),
            assertThrows(IllegalStateException.class, () -> select.send(c, 1, () -> 1)),
            assertThrows(IllegalStateException.class, () -> select.orDefault(() -> 1)),
            assertThrows(
                IllegalStateException.class, () -> select.onTimeout(Duration.ZERO, () -> 1)),
            assertThrows(IllegalStateException.class, select::biased));
    for (var e : all) {
      assertEquals(
          "this select was awaited before: make a new one, or use Select.loop()", e.getMessage());
    }
    assertEquals(1, c.len());
  }

  /** Also from inside its own body. */
  @Test
  void aOneShotSelectIsUsedUpWhenItsBodyRuns() throws InterruptedException {
    Channel<Integer> c = holding(1, 2);
    var self = new AtomicReference<@Nullable Select<String>>();
    var select =
        Select.<String>of()
            .receive(
                c,
                v -> {
                  Select<String> s = self.get();
                  if (s == null) {
                    return "no self";
                  }
                  var e = assertThrows(IllegalStateException.class, s::<RuntimeException>await);
                  return String.valueOf(e.getMessage());
                });
    self.set(select);
    assertTrue(select.<RuntimeException>await().startsWith("this select was awaited before"));
    assertEquals(1, c.len());
  }

  /** A default or a timeout, once, and wherever in the builder. */
  @Test
  void oneDefaultAtMost() {
    String message =
        "this select has a default or a timeout already: it can have one of them, once";
    var withDefault = Select.<Integer>of().orDefault(() -> 1);
    var withTimeout = Select.<Integer>of().onTimeout(Duration.ofDays(1), () -> 1);
    for (var select : List.of(withDefault, withTimeout)) {
      var e = assertThrows(IllegalStateException.class, () -> select.orDefault(() -> 2));
      assertEquals(message, e.getMessage());
      e = assertThrows(IllegalStateException.class, () -> select.onTimeout(Duration.ZERO, () -> 2));
      assertEquals(message, e.getMessage());
    }
  }
}
