package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Virtual threads that wait for a stopped thread leave their carriers to others, interrupted or
 * not: the stopped thread may be waiting for a carrier itself.
 */
@Tag("seam")
class PauseStoppedThreadTest {
  private static final int MANY = 4 * Runtime.getRuntime().availableProcessors();

  /** The interrupt status, which each of them must keep, makes park return at once. */
  @Test
  void interruptedThreadsLeaveTheirCarriers() throws InterruptedException {
    try (var platform = new Goroutines(ThreadKind.PLATFORM);
        var virtual = new Goroutines(ThreadKind.VIRTUAL);
        var stops = new Stops(platform)) {
      Channel<Integer> c = Channel.make(MANY);
      List<Stop> senders = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        senders.add(stops.stop("send.granted", () -> c.send(1)));
      }
      List<Outcome<Boolean>> receivers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        receivers.add(
            virtual.call(() -> c.receive() == 1 && Thread.currentThread().isInterrupted()));
      }
      virtual.until("the receivers to win values", () -> c.len() == 0);
      receivers.forEach(r -> r.thread().interrupt());
      for (int i = 0; i < 3; i++) {
        CountDownLatch ran = new CountDownLatch(1);
        Thread unused = virtual.go(ran::countDown);
        assertTrue(ran.await(10, TimeUnit.SECONDS), "no carrier for other virtual threads");
      }
      senders.forEach(Stop::goOn);
      receivers.forEach(r -> assertTrue(r.get()));
    }
  }

  /** The same for owners of a claim that was won and is not done. */
  @Test
  void interruptedOwnersLeaveTheirCarriers() throws InterruptedException {
    try (var platform = new Goroutines(ThreadKind.PLATFORM);
        var virtual = new Goroutines(ThreadKind.VIRTUAL);
        var stops = new Stops(platform)) {
      Channel<Integer> c = Channel.make();
      List<Outcome<Boolean>> receivers = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        receivers.add(
            virtual.call(() -> c.receive() == 1 && Thread.currentThread().isInterrupted()));
      }
      virtual.awaitBlocked(c, MANY, 0);
      List<Stop> senders = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        senders.add(stops.stop("handOver.won", () -> c.send(1)));
      }
      receivers.forEach(r -> r.thread().interrupt());
      for (int i = 0; i < 3; i++) {
        CountDownLatch ran = new CountDownLatch(1);
        Thread unused = virtual.go(ran::countDown);
        assertTrue(ran.await(10, TimeUnit.SECONDS), "no carrier for other virtual threads");
      }
      senders.forEach(Stop::goOn);
      receivers.forEach(r -> assertTrue(r.get()));
    }
  }
}
