package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import io.channel4j.time.Time;
import java.time.Duration;

/**
 * The countdown of a rocket, in three versions. Go: gopl.io/ch8/countdown1 to 3.
 *
 * <p>The first cannot be stopped. The second waits in silence, and Enter aborts it. The third
 * counts and listens, and stops its ticker.
 */
public final class E33Countdown {
  private E33Countdown() {}

  /** Arguments: the version, 1 to 3, and the milliseconds of a step. */
  public static void main(String[] args) throws InterruptedException {
    String version = args.length > 0 ? args[0] : "3";
    Duration step = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 1000);
    Channel<Void> abort = Channel.make();
    if (!version.equals("1")) {
      System.out.println("Commencing countdown. Press return to abort.");
      Enter.then(abort::close);
    }
    boolean go =
        switch (version) {
          case "1" -> countdown(step);
          case "2" -> countdown(abort, step.multipliedBy(10));
          default -> countdownAloud(abort, step);
        };
    System.out.println(go ? "Lift off!" : "Launch aborted!");
  }

  private static boolean countdown(Duration step) throws InterruptedException {
    System.out.println("Commencing countdown.");
    var tick = Time.tick(step);
    for (int i = 10; i > 0; i--) {
      System.out.println(i);
      tick.receive();
    }
    return true;
  }

  private static boolean countdown(ReceiveChannel<Void> abort, Duration all)
      throws InterruptedException {
    return Select.<Boolean>of()
        .receive(Time.after(all), () -> true)
        .receive(abort, () -> false)
        .await();
  }

  private static boolean countdownAloud(ReceiveChannel<Void> abort, Duration step)
      throws InterruptedException {
    try (var ticker = Time.newTicker(step)) { // Time.tick would tick on after this
      var select = Select.loop();
      var tick = select.receive(ticker.c());
      select.receive(abort);
      for (int i = 10; i > 0; i--) {
        System.out.println(i);
        if (select.await() != tick) {
          return false;
        }
      }
      return true;
    }
  }
}
