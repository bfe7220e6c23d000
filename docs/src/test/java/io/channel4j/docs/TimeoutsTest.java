package io.channel4j.docs;

import static io.channel4j.go.Go.go;
import static io.channel4j.time.Time.after;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import io.channel4j.time.Time;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/timeouts.md, and that it does what is said there. */
@NullUnmarked
class TimeoutsTest {

  // snippet:limit
  static int timeLimit(Callable<Integer> work) throws Exception {
    var done = Channel.<Integer>make(1);
    go(() -> done.send(work.call()));
    return Select.<Integer>of()
        .receive(done, v -> v)
        .receive(
            after(Duration.ofSeconds(2)),
            t -> {
              throw new TimeoutException();
            })
        .await();
  }

  // end:limit

  @Test
  void workInTime() throws Exception {
    assertEquals(3, timeLimit(() -> 3));
    Channel<Integer> never = Channel.make();
    assertThrows(TimeoutException.class, () -> timeLimit(never::receive));
  }

  // snippet:idle
  static int readUntilIdle(ReceiveChannel<String> in, Duration idle) throws InterruptedException {
    var timer = Time.newTimer(idle);
    var select = Select.loop();
    var line = select.receive(in);
    var timeout = select.receive(timer.c());
    for (int lines = 0; ; lines++) {
      if (select.await() == timeout || !line.ok()) {
        return lines;
      }
      timer.reset(idle); // nothing to drain: what was due before cannot come any more
    }
  }

  // end:idle

  @Test
  void idle() throws InterruptedException {
    Channel<String> in = Channel.make(3);
    in.send("a");
    in.send("b");
    assertTrue(readUntilIdle(in, Duration.ofMillis(200)) <= 2);
  }

  @Test
  void ticker() throws InterruptedException {
    Channel<Void> stop = Channel.make();
    var ticks = Channel.<Integer>make(1);
    go(
        () -> {
          // snippet:ticker
          try (var ticker = Time.newTicker(Duration.ofMillis(10))) { // defer ticker.Stop()
            var select = Select.loop();
            var tick = select.receive(ticker.c());
            var stopped = select.receive(stop);
            while (select.await() != stopped) {
              System.out.println("tick at " + tick.value());
              ticks.trySend(1);
            }
          }
          // end:ticker
        });
    ticks.receive();
    stop.close();
  }

  @Test
  void afterFunc() throws InterruptedException {
    Channel<String> out = Channel.make();
    // snippet:func
    var timer = Time.afterFunc(Duration.ofMillis(10), () -> out.send("late"));
    // …
    boolean stopped = timer.stop(); // true: it has not run, and will not
    // end:func
    if (!stopped) {
      assertEquals("late", out.receive());
    }
    assertFalse(timer.stop());
  }
}
