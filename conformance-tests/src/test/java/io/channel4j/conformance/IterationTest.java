package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Go's {@code range} over a channel, as a loop, a lambda, an iterator and a stream (semantics 18).
 */
class IterationTest {
  private static final int N = 50;
  private static final List<Integer> EXPECTED = IntStream.range(0, N).boxed().toList();

  /** A channel that gets 0 to N - 1 and is closed then. */
  private static ReceiveChannel<Integer> numbers(Goroutines g, int capacity) {
    Channel<Integer> c = Channel.make(capacity, 0);
    g.go(
        () -> {
          for (int i = 0; i < N; i++) {
            c.send(i);
          }
          c.close();
        });
    return c;
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void everyFormGivesAllValuesInOrderAndEnds(int capacity, ThreadKind kind) throws Exception {
    try (var g = new Goroutines(kind)) {
      List<Integer> loop = new ArrayList<>();
      for (int v : numbers(g, capacity)) {
        loop.add(v);
      }
      List<Integer> range = new ArrayList<>();
      numbers(g, capacity).range(range::add);
      List<Integer> iterator = new ArrayList<>();
      for (Iterator<Integer> it = numbers(g, capacity).iterator(); it.hasNext(); ) {
        assertTrue(it.hasNext(), "asking again receives nothing");
        iterator.add(it.next());
      }
      assertEquals(EXPECTED, loop);
      assertEquals(EXPECTED, range);
      assertEquals(EXPECTED, iterator);
      assertEquals(EXPECTED, numbers(g, capacity).stream().toList());
      g.await();
    }
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacities")
  void aClosedChannelIsDrainedFirst(int capacity) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    c.close();
    assertEquals(EXPECTED.subList(0, capacity), c.stream().toList());
    assertFalse(c.iterator().hasNext());
    c.range(v -> assertEquals("nothing", v));
  }

  @Test
  void anIteratorThatHasEndedStaysSo() {
    Channel<Integer> c = Channel.make(2, 0);
    assertTrue(c.trySend(1));
    c.close();
    Iterator<Integer> it = c.iterator();
    assertEquals(1, it.next());
    for (int i = 0; i < 3; i++) {
      assertFalse(it.hasNext());
      assertThrowsExactly(NoSuchElementException.class, it::next);
    }
  }

  @Test
  void nextWithoutHasNextReceives() {
    Channel<Integer> c = Channel.make(3, 0);
    for (int i = 0; i < 3; i++) {
      assertTrue(c.trySend(i));
    }
    Iterator<Integer> it = c.iterator();
    for (int i = 0; i < 3; i++) {
      assertEquals(i, it.next());
    }
    assertEquals(0, c.len());
  }

  /** Break leaves the channel open and the sender waiting, as in Go. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void breakLeavesTheChannelOpen(int capacity, ThreadKind kind) throws Exception {
    Channel<Integer> c = Channel.make(capacity, 0);
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < N; i++) {
              c.send(i);
            }
          });
      for (int v : c) {
        if (v == 9) {
          break;
        }
      }
      g.awaitBlocked(c, 0, 1);
      assertEquals(capacity, c.len());
      assertEquals(10, c.receive(), "nothing was received ahead");
      assertEquals(11, c.stream().findFirst().orElseThrow());
      assertEquals(List.of(12, 13, 14), c.stream().limit(3).toList());
      for (int i = 15; i < N; i++) {
        assertEquals(i, c.receive());
      }
      g.await();
    }
  }

  @Test
  void whatTheBodyThrowsComesOutAsItIs() throws Exception {
    Channel<Integer> c = Channel.make(3, 0);
    for (int i = 0; i < 3; i++) {
      c.send(i);
    }
    var boom = new IOException("boom");
    var thrown =
        assertThrowsExactly(
            IOException.class,
            () ->
                c.range(
                    v -> {
                      if (v == 1) {
                        throw boom;
                      }
                    }));
    assertSame(boom, thrown);
    assertEquals(1, c.len(), "the body was not called again");
  }

  /** Several iterators share a channel's values; each value goes to one of them. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndKinds")
  void iteratorsShareTheValues(int capacity, ThreadKind kind) {
    Queue<Integer> received = new ConcurrentLinkedQueue<>();
    try (var g = new Goroutines(kind)) {
      ReceiveChannel<Integer> c = numbers(g, capacity);
      for (int i = 0; i < 3; i++) {
        g.go(
            () -> {
              int last = -1;
              for (int v : c) {
                assertTrue(last < v, "in order within one receiver");
                last = v;
                received.add(v);
              }
            });
      }
      g.await();
    }
    assertEquals(EXPECTED, received.stream().sorted().toList());
  }
}
