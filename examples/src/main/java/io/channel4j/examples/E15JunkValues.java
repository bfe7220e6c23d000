package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import java.time.Duration;

/**
 * A closed channel in a for-select gives junk. Each of its zero values costs a round.
 *
 * <p>The literal loop skips the junk, and is busy with that until the other channel has something.
 * The repaired one takes the closed channel out.
 */
public final class E15JunkValues {
  private E15JunkValues() {}

  /** The argument, if any: milliseconds between two values. */
  public static void main(String[] args) throws InterruptedException {
    Duration pause = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 100);
    System.out.println("literal: " + count(pause, false));
    System.out.println("repaired: " + count(pause, true));
  }

  private static String count(Duration pause, boolean repaired) throws InterruptedException {
    Channel<Integer> in = Channel.make(0, 0);
    in.close();
    int junk = 0;
    int values = 0;
    var select = Select.loop();
    var first = select.receive(in);
    var second = select.receive(slowNumbers(pause));
    for (; ; ) {
      var chosen = select.await();
      if (chosen == first) {
        junk++;
        if (repaired) {
          first.disable(); // Go: in = nil
        }
      } else if (second.ok()) {
        values++;
      } else {
        return values + " values, junk " + junk;
      }
    }
  }

  private static ReceiveChannel<Integer> slowNumbers(Duration pause) {
    Channel<Integer> numbers = Channel.make(0, 0);
    go(
        () -> {
          for (int i = 1; i <= 3; i++) {
            Thread.sleep(pause);
            numbers.send(i);
          }
          numbers.close();
        });
    return numbers;
  }
}
