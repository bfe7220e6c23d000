package io.channel4j.examples;

import static io.channel4j.go.Go.go;
import static io.channel4j.time.Time.after;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * A time limit for any work. The work goes on when its time is over, and nobody looks at it.
 *
 * <p>To stop it as well, see the next example.
 */
public final class E18TimeLimit {
  private E18TimeLimit() {}

  /** The argument, if any: the limit in milliseconds. */
  public static void main(String[] args) {
    Duration limit = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 2000);
    show(() -> 42, limit);
    show(
        () -> {
          throw new IllegalStateException("no result");
        },
        limit);
    show(
        () -> {
          Thread.sleep(Duration.ofHours(1));
          return 43;
        },
        limit);
  }

  private static void show(Callable<Integer> work, Duration limit) {
    try {
      System.out.println("result: " + timeLimit(work, limit));
    } catch (Exception e) {
      System.out.println("error: " + e.getMessage());
    }
  }

  // snippet:time-limit
  private static int timeLimit(Callable<Integer> work, Duration limit) throws Exception {
    var outcome = // two variables, safe to read after done is closed
        new Object() {
          int result;
          Exception error;
        };
    Channel<Void> done = Channel.make();
    go(
        () -> {
          try {
            outcome.result = work.call();
          } catch (Exception e) {
            outcome.error = e;
          } finally { // Go: defer close(done)
            done.close();
          }
        });
    return Select.<Integer>of()
        .receive(
            done,
            () -> {
              if (outcome.error != null) {
                throw outcome.error;
              }
              return outcome.result;
            })
        .receive(
            after(limit),
            () -> {
              throw new TimeoutException("timeout");
            })
        .<Exception>await();
  }
  // end:time-limit
}
