package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.time.Time;
import java.time.Duration;

/**
 * A loop over a ticker, with a way to stop it and a way to wait until it has.
 *
 * <p>It ticks two or three times: the third tick and the stop come at the same moment.
 */
public final class E24TickerLoop {
  private E24TickerLoop() {}

  /** The argument, if any: the milliseconds between two ticks. */
  public static void main(String[] args) throws InterruptedException {
    Duration period = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 1000);
    // snippet:ticker
    Channel<Void> stop = Channel.make(); // tells the goroutine to stop
    Channel<Void> done = Channel.make(); // tells us that it has
    go(
        () -> {
          try (var ticker = Time.newTicker(period)) {
            var select = Select.loop();
            var tick = select.receive(ticker.c());
            select.receive(stop);
            while (select.await() == tick) {
              System.out.println("tick...");
            }
          } finally {
            done.close();
          }
        });
    go(
        () -> {
          Time.sleep(period.multipliedBy(3));
          stop.close();
        });
    done.receive();
    // end:ticker
    System.out.println("stopped");
  }
}
