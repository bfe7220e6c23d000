package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.Spin;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The default is taken only if there was one instant at which no case was ready. In each test some
 * case is ready at every instant, though never the same one for long.
 */
class SelectDefaultTest {
  private static final String FORMS_AND_KINDS =
      "io.channel4j.conformance.support.SelectForm#formsAndKinds";
  private static final String CAPACITIES_AND_FORMS =
      "io.channel4j.conformance.support.SelectForm#capacitiesAndForms";

  /**
   * Two threads that begin each round together, so that what they do in it overlaps: the mover says
   * when, and waits for the end. They stop after all rounds, or early where somebody else has the
   * cores.
   */
  private static final class Duel {
    private static final int ROUNDS = 30_000;
    private static final long MAX_NANOS = 2_000_000_000L;

    private final long start = System.nanoTime();
    private final AtomicInteger round = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private volatile boolean over;

    /** The mover's question before each round. */
    boolean goesOn() {
      over = round.get() == ROUNDS || System.nanoTime() - start > MAX_NANOS;
      return !over;
    }

    void begin() {
      round.incrementAndGet();
    }

    /** False if the last round is over. */
    boolean awaitBegin(int i) {
      return spinUntil(round, i);
    }

    void end() {
      done.incrementAndGet();
    }

    void awaitEnd(int i) {
      assertTrue(spinUntil(done, i));
    }

    private boolean spinUntil(AtomicInteger counter, int i) {
      for (int n = 1; counter.get() < i; n++) {
        if (over) {
          return false;
        }
        if (n % 1_000 == 0) {
          LockSupport.parkNanos(1);
        } else {
          Thread.onSpinWait();
        }
        if (Thread.currentThread().isInterrupted()) {
          throw new AssertionError("interrupted: the other thread has failed");
        }
      }
      return true;
    }

    /** A few nanoseconds, to vary who comes first. */
    static void jitter() {
      for (int i = ThreadLocalRandom.current().nextInt(40); i > 0; i--) {
        Thread.onSpinWait();
      }
    }
  }

  /** What happens to the two channels of a round. */
  private interface Move {
    void run(Channel<Integer> first, Channel<Integer> second);
  }

  /** A select with a default over the two channels of each round, while they change. */
  private static void race(
      int firstCapacity,
      int secondCapacity,
      Move before,
      BiFunction<Channel<Integer>, Channel<Integer>, Statement> statement,
      Move move) {
    var firsts = new ArrayList<Channel<Integer>>();
    var seconds = new ArrayList<Channel<Integer>>();
    for (int i = 0; i < Duel.ROUNDS; i++) {
      firsts.add(Channel.make(firstCapacity));
      seconds.add(Channel.make(secondCapacity));
      before.run(firsts.get(i), seconds.get(i));
    }
    var duel = new Duel();
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      g.go(
          () -> {
            for (int i = 0; i < Duel.ROUNDS; i++) {
              Statement select = statement.apply(firsts.get(i), seconds.get(i));
              if (!duel.awaitBegin(i + 1)) {
                return;
              }
              Duel.jitter();
              Choice c = select.poll();
              assertFalse(c.isDefault(), "default in a round where a case was always ready");
              duel.end();
            }
          });
      for (int i = 0; duel.goesOn(); i++) {
        duel.begin();
        Duel.jitter();
        move.run(firsts.get(i), seconds.get(i));
        duel.awaitEnd(i + 1);
      }
      g.await();
    }
  }

  /**
   * Answers to TestNonblockSelectRace: the value of the second is there before the first's goes.
   */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void oneOfTwoHoldsAValue(SelectForm form) {
    race(
        1,
        1,
        (first, second) -> assertTrue(first.trySend(1)),
        (first, second) -> form.statement().receive(first).receive(second),
        (first, second) -> {
          assertTrue(second.trySend(1));
          var unused = first.tryReceive();
        });
  }

  /** Answers to TestNonblockSelectRace2: the second is closed instead. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void oneOfTwoHoldsAValueOrIsClosed(SelectForm form) {
    race(
        1,
        0,
        (first, second) -> assertTrue(first.trySend(1)),
        (first, second) -> form.statement().receive(first).receive(second),
        (first, second) -> {
          second.close();
          var unused = first.tryReceive();
        });
  }

  /** As Go has it: a goroutine of its own for each round. */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void aGoroutineForEachRound(SelectForm form, ThreadKind kind) throws InterruptedException {
    int rounds = kind == ThreadKind.VIRTUAL ? 10_000 : 1_000;
    Channel<Boolean> done = Channel.make(1);
    try (var g = new Goroutines(kind)) {
      for (int i = 0; i < rounds; i++) {
        boolean closes = i % 2 == 0;
        Channel<Integer> a = Channel.make(1);
        Channel<Integer> b = Channel.make(closes ? 0 : 1);
        a.send(1);
        g.go(() -> done.send(!form.statement().receive(a).receive(b).poll().isDefault()));
        if (closes) {
          b.close();
        } else {
          b.send(1);
        }
        var unused = a.tryReceive();
        assertEquals(true, done.receive(), "no channel was ready");
      }
    }
  }

  /**
   * A token that wanders round a ring of channels, always put into the next one before it is taken
   * out of the last: at every instant some channel holds one. A select over all of the ring, with a
   * default, finds it each time, and puts it back.
   */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void aTokenThatWanders(SelectForm form) {
    for (int size : new int[] {2, 3, 8}) {
      var ring = new ArrayList<Channel<Integer>>();
      for (int i = 0; i < size; i++) {
        ring.add(Channel.make(4));
      }
      var finished = new AtomicInteger();
      try (var g = new Goroutines(ThreadKind.PLATFORM)) {
        ring.get(0).trySend(0);
        g.go(
            () -> {
              for (int at = 0; finished.get() == 0; ) {
                int next = (at + 1) % size;
                assertTrue(ring.get(next).trySend(0));
                // The other thread may hold this one for a moment: then its own is in hand.
                for (int i = 0; !ring.get(at).tryReceive().isReady(); i++) {
                  Spin.pause(i);
                  if (finished.get() != 0) {
                    return;
                  }
                }
                at = next;
              }
            });
        g.go(
            () -> {
              Statement select = form.statement();
              ring.forEach(select::receive);
              for (int i = 0; i < 30_000; i++) {
                Choice c = select.poll();
                assertFalse(c.isDefault(), "no channel of the ring was ready");
                assertTrue(ring.get(c.index()).trySend(0));
              }
              finished.set(1);
            });
        g.await();
      }
    }
  }

  /** The mirror image for sends: one channel or the other has room at every instant. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void oneOfTwoHasRoom(SelectForm form) {
    race(
        1,
        1,
        (first, second) -> assertTrue(second.trySend(0)),
        (first, second) -> form.statement().send(first, 1).send(second, 1),
        (first, second) -> {
          assertTrue(second.tryReceive().ok());
          boolean unused = first.trySend(0);
        });
  }

  /** One case a receive, one a send: the value comes before the room goes. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void aValueOrRoom(SelectForm form) {
    race(
        1,
        3,
        (first, second) -> {},
        (first, second) -> form.statement().send(first, 1).receive(second),
        (first, second) -> {
          assertTrue(second.trySend(1));
          boolean unused = first.trySend(2);
        });
  }

  /** A receive and a send on one buffered channel: one of them is ready at every instant. */
  @ParameterizedTest
  @MethodSource(CAPACITIES_AND_FORMS)
  void bothEndsOfABufferAreNeverBothBlocked(int capacity, SelectForm form) {
    if (capacity == 0) {
      return;
    }
    Channel<Integer> c = Channel.make(capacity);
    var finished = new AtomicInteger();
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      g.go(
          () -> {
            while (finished.get() < 1) {
              boolean unused = c.trySend(1);
              var unusedToo = c.tryReceive();
            }
          });
      g.go(
          () -> {
            Statement select = form.statement().receive(c).send(c, 2);
            for (int i = 0; i < 50_000; i++) {
              assertFalse(select.poll().isDefault(), "neither end was ready");
            }
            finished.incrementAndGet();
          });
      g.await();
    }
  }

  /**
   * A parked partner is ready: with n receivers parked behind two channels, exactly n sends of a
   * select with a default succeed, and the next one takes the default.
   */
  @ParameterizedTest
  @MethodSource(FORMS_AND_KINDS)
  void parkedPartnersCount(SelectForm form, ThreadKind kind) {
    List<Channel<Integer>> channels = List.of(Channel.make(), Channel.make());
    Statement sends = form.statement();
    channels.forEach(c -> sends.send(c, 5));
    Statement receives = form.statement();
    channels.forEach(receives::receive);
    try (var g = new Goroutines(kind)) {
      for (int n : new int[] {1, 2, 7}) {
        for (int i = 0; i < n; i++) {
          g.go(() -> assertEquals(5, form.statement().receive(channels.get(0)).await().value()));
          g.go(() -> form.statement().send(channels.get(1), 6).await());
        }
        g.awaitBlocked(channels.get(0), n, 0);
        g.awaitBlocked(channels.get(1), 0, n);
        for (int i = 0; i < n; i++) {
          assertEquals(0, sends.poll().index());
          assertEquals(new Choice(1, 6, true), receives.poll());
        }
        assertTrue(sends.poll().isDefault());
        assertTrue(receives.poll().isDefault());
        g.await();
      }
    }
  }
}
