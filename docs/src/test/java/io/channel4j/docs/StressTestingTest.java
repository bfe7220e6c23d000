package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.Select;
import io.channel4j.test.Jitter;
import io.channel4j.test.Ledger;
import io.channel4j.test.Watchdog;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/stress-testing.md, and that it does what is said there. */
class StressTestingTest {
  // snippet:merge
  /** Under test: sends what comes from two channels to a third one, until both are closed. */
  static void merge(ReceiveChannel<Long> a, ReceiveChannel<Long> b, SendChannel<Long> out)
      throws InterruptedException {
    var select = Select.loop();
    var fromA = select.receive(a);
    var fromB = select.receive(b);
    while (fromA.isEnabled() || fromB.isEnabled()) {
      var chosen = select.await() == fromA ? fromA : fromB;
      if (chosen.ok()) {
        out.send(chosen.value());
      } else {
        chosen.disable();
      }
    }
    out.close();
  }

  // end:merge

  // snippet:round
  static void round() throws InterruptedException {
    Channel<Long> a = Channel.make();
    Channel<Long> b = Channel.make(3);
    Channel<Long> out = Channel.make(1);
    var ledger = new Ledger();
    try (var watchdog = new Watchdog(Duration.ofSeconds(10))) {
      watchdog.watch("a", a);
      watchdog.watch("b", b);
      watchdog.watch("out", out);
      watchdog.go("merge", () -> merge(a, b, out));
      watchdog.go("producer of a", () -> produce(ledger.source("a"), a));
      watchdog.go("producer of b", () -> produce(ledger.source("b"), b));
      var sink = ledger.sink("consumer");
      watchdog.go("consumer", () -> out.range(sink::received));
      watchdog.await();
    }
    ledger.check();
    assertEquals(200, ledger.received());
  }

  static void produce(Ledger.Source source, Channel<Long> ch) throws InterruptedException {
    for (int i = 0; i < 100; i++) {
      long value = source.next();
      ch.send(value);
      source.sent(value);
    }
    ch.close();
  }

  // end:round

  @Test
  void mergeLosesNothing() throws InterruptedException {
    round();
  }

  // snippet:jitter
  @Test
  @Tag("seam") // needs -Dio.channel4j.seam=true
  void mergeLosesNothingWhateverTheSchedule() throws InterruptedException {
    long seed = Long.getLong("stress.seed", System.nanoTime());
    try (Jitter jitter = Jitter.start(seed)) {
      for (int i = 0; i < 200; i++) {
        round();
      }
      assertTrue(jitter.points() > 0, jitter::toString);
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  // end:jitter

  @Test
  void theDumpSaysWhereEverybodyStands() {
    var error =
        assertThrows(
            AssertionError.class,
            () -> {
              // snippet:stuck
              Channel<String> orders = Channel.make(2);
              try (var watchdog = new Watchdog(Duration.ofMillis(200))) {
                watchdog.watch("orders", orders);
                watchdog.go("waiter", () -> orders.receive());
                watchdog.go("cook", () -> Select.of().await());
                watchdog.await();
              }
              // end:stuck
            });
    String dump = String.valueOf(error.getMessage());
    assertTrue(dump.contains("[0/2], 1 receivers and 0 senders wait"), dump);
    assertTrue(dump.contains("1 thread, waiter: WAITING (chan receive)"), dump);
    assertTrue(dump.contains("1 thread, cook: WAITING (select (no cases))"), dump);
  }
}
