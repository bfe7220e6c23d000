package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers to those of Go's test/fixedbugs that are about what channels do, not how Go compiles. */
class FixedBugsTest {

  /** Go: bug067.go and bug130.go. */
  @ParameterizedTest
  @EnumSource
  void aGoroutineSendsToItsStarter(ThreadKind kind) throws Exception {
    Channel<Integer> c = Channel.make();
    try (var g = new Goroutines(kind)) {
      g.go(() -> c.send(5));
      assertEquals(5, c.receive());
      g.await();
    }
  }

  /** Go: bug147.go. An unbuffered send is over when the value is taken, and not before. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#kindsAndOperators")
  void anUnbufferedSendWaitsForItsReceive(ThreadKind kind, Operators operators) throws Exception {
    Channel<Integer> c = Channel.make();
    try (var g = new Goroutines(kind)) {
      var sending =
          g.call(
              () -> {
                operators.on(c).send(1);
                return true;
              });
      g.awaitBlocked(c, 0, 1);
      assertFalse(sending.hasEnded());
      assertEquals(1, operators.on(c).receive());
      assertTrue(sending.get());

      int[] count = {0};
      var sendingTwo =
          g.call(
              () -> {
                var ops = operators.on(c);
                ops.send(1);
                ops.send(2);
                return count[0];
              });
      operators.on(c).receive();
      count[0]++;
      g.awaitBlocked(c, 0, 1);
      count[0]++;
      operators.on(c).receive();
      assertEquals(2, sendingTwo.get());
      g.await();
    }
  }

  /** Go: bug225.go and bug234.go. */
  @ParameterizedTest
  @EnumSource
  void aTryAndAReceiveOfWhatIsThere(Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(1, 0);
    assertEquals(TryReceived.notReady(), operators.on(c).tryReceive());
    c.send(100);
    assertEquals(new Received<>(100, true), operators.on(c).receiveOk());
  }

  /** Go: issue8011.go. {@code <-<-c}. */
  @Test
  void aReceivedChannelCanBeReceivedFromAtOnce() throws Exception {
    Channel<Channel<Integer>> c = Channel.make(1);
    Channel<Integer> inner = Channel.make(1, 0);
    inner.send(42);
    c.send(inner);
    assertEquals(42, requireNonNull(c.receive()).receive());
  }

  /** Go: issue8347.go, issue16870.go, bug312.go and bug320.go: value and ok of every form. */
  @ParameterizedTest
  @EnumSource
  void valueAndOkAreThoseOfThisReceive(Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(1, 0);
    var ops = operators.on(c);
    for (int i = 0; i < 12; i++) {
      assertEquals(TryReceived.notReady(), ops.tryReceive());
      c.send(i);
      assertEquals(new Received<>(i, true), ops.receiveOk());
      c.send(i);
      assertEquals(new TryReceived<>(true, true, i), ops.tryReceive());
    }
    c.close();
    assertEquals(new TryReceived<>(true, false, 0), ops.tryReceive());
    assertEquals(new Received<>(0, false), ops.receiveOk());
  }

  /**
   * Go: issue9110.go. Selects with one channel several times, released by its close, over and over.
   */
  @ParameterizedTest
  @EnumSource
  void closedSelectsLeaveNoPlaces(ThreadKind kind) {
    Channel<Integer> idle = Channel.make();
    try (var g = new Goroutines(kind)) {
      for (int round = 0; round < 50; round++) {
        Channel<Integer> c = Channel.make();
        for (int i = 0; i < 10; i++) {
          g.go(
              () -> {
                int chosen =
                    Select.<Integer>of()
                        .receive(c, v -> 0)
                        .receive(idle, v -> 1)
                        .receive(c, v -> 2)
                        .receive(c, v -> 3)
                        .<RuntimeException>await();
                assertTrue(chosen != 1);
              });
        }
        g.awaitBlocked(idle, 10, 0);
        c.close();
        g.await();
        assertEquals(0, ((ChannelBase<?>) c).waitingReceivers());
        assertTrue(((ChannelBase<?>) idle).linkedPlaces() <= 100);
      }
      assertEquals(0, ((ChannelBase<?>) idle).waitingReceivers());
    }
  }
}
