package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's test/chan/select2.go: selects that wait again and again on a channel where
 * nothing ever happens leave nothing behind there (semantics 31). Go's test looks at the heap; this
 * one at the channel's waiter lists, where a leak would be, and so with a bound that does not
 * flicker.
 */
class QuietChannelTest {
  private static final int ROUNDS = 100_000;

  /** WaiterList: two rings of eight for each of two lists, and what a few waiters at once add. */
  private static final int MAX_PLACES = 100;

  static Stream<Arguments> products() {
    return Stream.of(ThreadKind.values())
        .flatMap(k -> Stream.of(true, false).map(loop -> Arguments.of(k, loop)));
  }

  @ParameterizedTest
  @MethodSource("products")
  void selectsLeaveNothingOnAQuietChannel(ThreadKind kind, boolean loop) throws Exception {
    final int rounds = kind == ThreadKind.VIRTUAL ? ROUNDS : ROUNDS / 10;
    Channel<Integer> busy = Channel.make(0, 0);
    Channel<Integer> quiet = Channel.make(0, 0);
    try (var g = new Goroutines(kind)) {
      g.go(
          () -> {
            for (int i = 0; i < rounds; i++) {
              busy.send(1);
            }
          });
      var received = g.call(() -> loop ? loop(busy, quiet, rounds) : oneShots(busy, quiet, rounds));
      int worst = 0;
      while (!received.hasEnded() && g.left().isPositive()) {
        worst = Math.max(worst, ((ChannelBase<?>) quiet).linkedPlaces());
        LockSupport.parkNanos(50_000); // a sample now and then: the two need the processors
      }
      assertEquals(rounds, received.get());
      assertTrue(worst <= MAX_PLACES, worst + " places on a quiet channel");
      g.await();
      g.awaitBlocked(quiet, 0, 0);
      g.awaitBlocked(busy, 0, 0);
      assertTrue(((ChannelBase<?>) quiet).linkedPlaces() <= MAX_PLACES);
    }
  }

  private static int oneShots(Channel<Integer> busy, Channel<Integer> quiet, int rounds)
      throws InterruptedException {
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum +=
          Select.<Integer>of()
              .receive(busy, v -> v == null ? 0 : v)
              .receive(quiet, v -> -1_000_000)
              .<RuntimeException>await();
    }
    return sum;
  }

  private static int loop(Channel<Integer> busy, Channel<Integer> quiet, int rounds)
      throws InterruptedException {
    var select = Select.loop();
    var hot = select.receive(busy);
    var idle = select.receive(quiet);
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      if (select.await() == hot) {
        Integer v = hot.value();
        sum += v == null ? 0 : v;
      } else {
        throw new AssertionError("chosen without a sender: " + idle.ok());
      }
    }
    return sum;
  }

  /** Plain operations with a deadline come and go as well. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#capacitiesAndOperators")
  void waitsThatTimeOutLeaveNothing(
      int capacity, io.channel4j.conformance.support.Operators operators) throws Exception {
    Channel<Integer> empty = Channel.make(capacity, 0);
    Channel<Integer> full = Channel.make(capacity, 0);
    while (full.trySend(1)) {}
    var in = operators.on(empty);
    var out = operators.on(full);
    var aMoment = java.time.Duration.ofNanos(1);
    for (int i = 0; i < 1_000; i++) {
      assertTrue(!in.tryReceive(aMoment).isReady() && !out.trySend(2, aMoment));
    }
    assertEquals(0, ((ChannelBase<?>) empty).waitingReceivers());
    assertEquals(0, ((ChannelBase<?>) full).waitingSenders());
    assertTrue(((ChannelBase<?>) empty).linkedPlaces() <= MAX_PLACES);
    assertTrue(((ChannelBase<?>) full).linkedPlaces() <= MAX_PLACES);
  }
}
