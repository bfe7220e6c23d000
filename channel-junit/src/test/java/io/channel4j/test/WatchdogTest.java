package io.channel4j.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WatchdogTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(100);

  @Test
  void awaitSeesWhatTheThreadsDid() throws InterruptedException {
    int[] plain = new int[2];
    try (var watchdog = new Watchdog(LONG)) {
      watchdog.go("first", () -> plain[0] = 1);
      watchdog.start(Thread.ofPlatform().name("second"), () -> plain[1] = 1);
      watchdog.await();
    }
    assertEquals(2, plain[0] + plain[1]);
  }

  @Test
  void whatAThreadThrowsIsThrown() {
    var thrown = new IllegalStateException("no tea");
    var error =
        assertThrows(
            AssertionError.class,
            () -> {
              try (var watchdog = new Watchdog(LONG)) {
                watchdog.go("waits", () -> Channel.make().receive());
                watchdog.go(
                    "fails",
                    () -> {
                      throw thrown;
                    });
                watchdog.await();
              }
            });
    assertSame(thrown, error.getCause());
  }

  @Test
  void anAssertionErrorComesAsItIs() {
    var thrown = new AssertionError("expected tea");
    try (var watchdog = new Watchdog(LONG)) {
      watchdog.go(
          "fails",
          () -> {
            throw thrown;
          });
      assertSame(thrown, assertThrows(AssertionError.class, watchdog::await));
    }
  }

  @Test
  void whenNothingGetsOnEverybodyIsDumpedAndInterrupted() {
    var ended = new AtomicInteger();
    Channel<Integer> orders = Channel.make();
    Channel<Integer> full = Channel.make(1);
    boolean sent = full.trySend(1);
    assertTrue(sent);
    try (var watchdog = new Watchdog(SHORT)) {
      watchdog.watch("orders", orders);
      watchdog.watch("full", full);
      for (int i = 0; i < 10; i++) {
        watchdog.go("receiver-" + i, () -> end(orders, ended));
      }
      watchdog.go("sender", () -> full.send(2));
      String message =
          String.valueOf(assertThrows(AssertionError.class, watchdog::await).getMessage());
      assertTrue(message.contains("nothing got on for PT0.1S"), message);
      assertTrue(message.contains("10 threads, receiver-"), message);
      assertTrue(message.contains("(chan receive)"), message);
      assertTrue(message.contains("1 thread, sender: WAITING (chan send)"), message);
      assertTrue(message.contains("10 receivers and 0 senders wait"), message);
      assertTrue(message.contains("[1/1], 0 receivers and 1 senders wait"), message);
      assertTrue(message.contains("WatchdogTest"), message);
    }
    assertEquals(10, ended.get());
  }

  private static void end(Channel<Integer> ch, AtomicInteger ended) throws InterruptedException {
    try {
      Integer unused = ch.receive();
    } finally {
      ended.incrementAndGet();
    }
  }

  @Test
  void whoSaysThatItGetsOnIsLeftAlone() throws InterruptedException {
    var steps = new AtomicInteger();
    try (var watchdog = new Watchdog(SHORT)) {
      watchdog.go(
          "works",
          () -> {
            Channel<Integer> never = Channel.make();
            for (; steps.get() < 60; steps.incrementAndGet()) {
              assertFalse(never.tryReceive(Duration.ofMillis(5)).isReady());
              watchdog.progress();
            }
          });
      watchdog.await();
    }
    assertEquals(60, steps.get());
  }

  @Test
  void closeEndsWhatStillWaits() {
    Thread waits;
    try (var watchdog = new Watchdog(LONG)) {
      waits = watchdog.go("waits", () -> Channel.make().receive());
    }
    assertFalse(waits.isAlive());
  }

  @Test
  void patienceHasALength() {
    assertThrows(IllegalArgumentException.class, () -> new Watchdog(Duration.ofNanos(1)));
  }
}
