package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.MatrixTest;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to the tests named NoRace in Go's runtime/race/testdata/chan_test.go and select_test.go:
 * the orders that channels promise (semantics 70). Go proves them with its race detector. Plain
 * fields and many rounds prove nothing, but an order that is missing altogether shows up; jcstress
 * is for proofs.
 */
class HappensBeforeTest {

  /** Neither volatile nor final: only the channel can order its accesses. */
  private static final class Box {
    int value;
  }

  private static int rounds(ThreadKind kind) {
    return kind == ThreadKind.VIRTUAL ? 1_000 : 200;
  }

  /**
   * Rule 1. Go: NoRaceChanSync, Async, Ptr, ProducerConsumerUnbuffered, ElemSize0; NoRaceSelect1,
   * 2.
   */
  @MatrixTest
  void aSendHappensBeforeItsReceive(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Box> c = Channel.make(capacity);
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            var ops = operators.on(c);
            for (int i = 1; i <= rounds(kind); i++) {
              var box = new Box();
              box.value = i;
              ops.send(box);
            }
            c.close();
          });
      int i = 0;
      var ops = operators.on(c);
      for (Box box = ops.receive(); box != null; box = ops.receive()) {
        assertEquals(++i, box.value);
      }
      assertEquals(rounds(kind), i);
      g.await();
    }
  }

  /**
   * Rule 2. Go: NoRaceChan{Sync,Async}CloseRecv, 2 and 3, CloseHappensBeforeRead; NoRaceSelect3.
   */
  @MatrixTest
  void aCloseHappensBeforeAReceiveOfZero(int capacity, ThreadKind kind, Operators operators) {
    try (var g = new Goroutines(kind)) {
      for (int i = 1; i <= rounds(kind) / 10; i++) {
        int round = i;
        var box = new Box();
        Channel<Integer> c = Channel.make(capacity, 0);
        g.go(
            () -> {
              box.value = round;
              c.close();
            });
        var seen =
            g.call(
                () -> {
                  assertFalse(operators.on(c).receiveOk().ok());
                  return box.value;
                });
        assertEquals(round, seen.get());
      }
      g.await();
    }
  }

  /** Rule 3. Go: NoRaceChanSyncRev, BlockedSendSync, BlockedSelectSendSync; NoRaceSelect4, 5. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void anUnbufferedReceiveHappensBeforeItsSendCompletes(ThreadKind kind, Operators operators)
      throws Exception {
    Channel<Integer> c = Channel.make(0, 0);
    List<Box> boxes = boxes(rounds(kind));
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            var ops = operators.on(c);
            for (Box box : boxes) {
              box.value = 1;
              ops.receive();
            }
          });
      var ops = operators.on(c);
      for (Box box : boxes) {
        ops.send(0);
        assertEquals(1, box.value);
      }
      g.await();
    }
  }

  private static List<Box> boxes(int n) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boxes.add(new Box());
    }
    return boxes;
  }

  /** Rule 4, C = 1: a buffer of one is a mutex. Go: NoRaceChanMutex, SelectMutex. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void aBufferOfOneIsAMutex(ThreadKind kind, Operators operators) {
    final int threads = 4;
    Channel<Integer> mutex = Channel.make(1, 0);
    var counter = new Box();
    try (var g = new Goroutines(kind)) {
      for (int t = 0; t < threads; t++) {
        g.go(
            () -> {
              Ops<Integer> ops = operators.on(mutex);
              for (int i = 0; i < rounds(kind); i++) {
                ops.send(0);
                counter.value++;
                ops.receive();
              }
            });
      }
      g.await();
    }
    assertEquals(threads * rounds(kind), counter.value);
  }

  /** Rule 4, C = 3: the k-th receive happens before the (k+3)-th send completes. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void aReceiveHappensBeforeTheSendThatNeedsItsSlot(ThreadKind kind, Operators operators)
      throws Exception {
    final int capacity = 3;
    Channel<Integer> c = Channel.make(capacity, 0);
    List<Box> boxes = boxes(rounds(kind));
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            var ops = operators.on(c);
            for (Box box : boxes) {
              box.value = 1;
              ops.receive();
            }
          });
      var ops = operators.on(c);
      for (int k = 0; k < boxes.size(); k++) {
        ops.send(k);
        if (k >= capacity) {
          assertEquals(1, boxes.get(k - capacity).value);
        }
      }
      g.await();
    }
  }

  /** A channel that counts who is done. Go: NoRaceChanWaitGroup. */
  @MatrixTest
  void aChannelIsAWaitGroup(int capacity, ThreadKind kind, Operators operators) throws Exception {
    final int workers = 20;
    Channel<Integer> done = Channel.make(capacity, -1);
    List<Box> boxes = boxes(workers);
    try (var g = new Goroutines(kind)) {
      for (int w = 0; w < workers; w++) {
        int mine = w;
        g.go(
            () -> {
              boxes.get(mine).value = mine + 1;
              operators.on(done).send(mine);
            });
      }
      var ops = operators.on(done);
      for (int i = 0; i < workers; i++) {
        int w = requireNonNull(ops.receive());
        assertEquals(w + 1, boxes.get(w).value);
      }
      g.await();
    }
  }
}
