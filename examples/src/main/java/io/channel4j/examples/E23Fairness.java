package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import java.util.Arrays;
import java.util.Locale;

/** Select chooses among the ready cases at random. All are closed here, so all are ready. */
public final class E23Fairness {
  private E23Fairness() {}

  /** Arguments: how many cases, and how many rounds. */
  public static void main(String[] args) throws InterruptedException {
    int cases = args.length > 0 ? Integer.parseInt(args[0]) : 4;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    var select = Select.loop();
    for (int i = 0; i < cases; i++) {
      Channel<Void> closed = Channel.make();
      closed.close();
      select.receive(closed);
    }
    var chosen = new int[cases];
    for (int i = 0; i < rounds; i++) {
      chosen[select.await().index()]++;
    }
    double expected = (double) rounds / cases;
    double chiSquare =
        Arrays.stream(chosen).mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    System.out.println("chosen " + Arrays.toString(chosen));
    System.out.printf(Locale.ROOT, "chi-square %.1f, %d expected%n", chiSquare, cases - 1);
  }
}
