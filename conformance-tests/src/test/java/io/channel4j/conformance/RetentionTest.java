package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import io.channel4j.conformance.support.Panics;
import io.channel4j.select.Select;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A channel holds on to no value that has left it (semantics 6; Go clears the slot in chanrecv and
 * the element of a select's losers in selectgo), nor to a value that was never sent.
 *
 * <p>A loop-form select's own case keeps the last value, which its handle gives out; so values that
 * went through a loop are looked for after the loop is gone.
 */
@Tag("heap") // RepeatedSuite leaves it out
class RetentionTest {
  private static final Duration SHORT = Duration.ofNanos(1);

  /** All of these become unreachable. */
  private static void assertCollected(Goroutines g, List<WeakReference<Object>> values) {
    g.until(
        "values to be collected",
        () -> {
          System.gc();
          return values.stream().allMatch(v -> v.refersTo(null));
        });
  }

  /** Made by the thread that sends it: a thread object would hold on to one that its body got. */
  private static Object value(List<WeakReference<Object>> values) {
    Object value = new byte[1_000];
    synchronized (values) {
      values.add(new WeakReference<>(value));
    }
    return value;
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void aValueReceivedFromTheBufferIsForgotten(int capacity, Operators operators) throws Exception {
    Channel<Object> c = Channel.make(capacity);
    List<WeakReference<Object>> values = new ArrayList<>();
    try (var g = new Goroutines()) {
      passBuffered(operators.on(c), capacity, values);
      assertCollected(g, values);
    } finally {
      Reference.reachabilityFence(c);
    }
  }

  private static void passBuffered(Ops<Object> ops, int n, List<WeakReference<Object>> values)
      throws Exception {
    for (int i = 0; i < n; i++) {
      ops.send(value(values));
    }
    for (int i = 0; i < n; i++) {
      ops.receive();
    }
  }

  /** Hand-over to a waiting receiver, and admission of a waiting sender. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void aValueHandedOverIsForgotten(int capacity, Operators operators) throws Exception {
    Channel<Object> c = Channel.make(capacity);
    List<WeakReference<Object>> values = new ArrayList<>();
    try (var g = new Goroutines()) {
      Thread receiver = g.go(() -> operators.on(c).receive());
      g.awaitBlocked(c, 1, 0);
      operators.on(c).send(value(values));
      receiver.join();

      while (c.trySend("full")) {}
      Thread sender = g.go(() -> operators.on(c).send(value(values)));
      g.awaitBlocked(c, 0, 1);
      for (int i = 0; i <= capacity; i++) {
        c.receive();
      }
      sender.join();
      g.await();
      assertCollected(g, values);
    } finally {
      Reference.reachabilityFence(c);
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void aValueThatWasNotSentIsForgotten(int capacity, Operators operators) throws Exception {
    Channel<Object> c = Channel.make(capacity);
    while (c.trySend("full")) {}
    List<WeakReference<Object>> values = new ArrayList<>();
    try (var g = new Goroutines()) {
      assertFalse(operators.on(c).trySend(value(values)));
      assertFalse(operators.on(c).trySend(value(values), SHORT));
      var interrupted =
          g.call(
              () -> {
                assertThrowsExactly(
                    InterruptedException.class, () -> operators.on(c).send(value(values)));
                return true;
              });
      g.awaitBlocked(c, 0, 1);
      interrupted.thread().interrupt();
      assertTrue(interrupted.get());
      var panicking =
          g.call(
              () -> {
                Panics.sendOnClosed(() -> operators.on(c).send(value(values)));
                return true;
              });
      g.awaitBlocked(c, 0, 1);
      c.close();
      assertTrue(panicking.get());
      g.await();
      assertCollected(g, values);
    } finally {
      Reference.reachabilityFence(c);
    }
  }

  enum Iteration {
    RANGE {
      @Override
      void over(Channel<Object> c) throws InterruptedException {
        c.range(v -> {});
      }
    },
    ITERATOR {
      @Override
      void over(Channel<Object> c) {
        c.iterator().forEachRemaining(v -> {});
      }
    },
    STREAM {
      @Override
      void over(Channel<Object> c) {
        c.stream().forEach(v -> {});
      }
    };

    abstract void over(Channel<Object> c) throws InterruptedException;
  }

  /** Answers to Go's test/fixedbugs/issue15281.go: range does not keep the last value alive. */
  @ParameterizedTest
  @EnumSource
  void anIterationForgetsWhatItHasHandedOut(Iteration iteration) throws Exception {
    Channel<Object> c = Channel.make();
    List<WeakReference<Object>> values = new ArrayList<>();
    try (var g = new Goroutines()) {
      g.go(() -> iteration.over(c));
      for (int i = 0; i < 3; i++) {
        c.send(value(values));
      }
      g.awaitBlocked(c, 1, 0);
      assertCollected(g, values);
      c.close();
      g.await();
    }
  }

  /** The losers of a select leave their values on no channel. */
  @Test
  void theValuesOfASelectsLosersAreForgotten() throws Exception {
    Channel<Object> quiet = Channel.make();
    Channel<Object> busy = Channel.make();
    List<WeakReference<Object>> values = new ArrayList<>();
    try (var g = new Goroutines()) {
      for (int i = 0; i < 10; i++) {
        Thread selecting =
            g.go(
                () ->
                    assertEquals(
                        "received",
                        Select.<String>of()
                            .send(quiet, value(values), () -> "sent")
                            .receive(busy, v -> "received")
                            .<RuntimeException>await()));
        g.awaitBlocked(busy, 1, 0);
        busy.send("go");
        selecting.join();
      }
      g.await();
      assertCollected(g, values);
      g.awaitBlocked(quiet, 0, 0);
    } finally {
      Reference.reachabilityFence(quiet);
    }
  }

  /** The test's own proof that it would see a value that is held. */
  @Test
  void aValueInTheBufferIsHeld() throws Exception {
    Channel<Object> c = Channel.make(1);
    List<WeakReference<Object>> values = new ArrayList<>();
    c.send(value(values));
    try {
      System.gc();
      assertFalse(values.getFirst().refersTo(null));
    } finally {
      Reference.reachabilityFence(c);
    }
  }
}
