package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import java.time.Duration;

/**
 * Two messages over one channel: please stop, and I have stopped.
 *
 * <p>The literal goroutine answers, and goes on: Go's {@code break} leaves only the select, as the
 * end of a case's body does here. The repaired one leaves the loop.
 */
public final class E29Handshake {
  private E29Handshake() {}

  /** Arguments: literal or repaired, and the milliseconds of one step. */
  public static void main(String[] args) throws InterruptedException {
    boolean literal = args.length == 0 || args[0].equals("literal");
    Duration step = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 1000);
    Channel<Integer> done = Channel.make(0, 0);
    var runner = go(() -> run(done, step, literal));
    System.out.println("wait");
    Thread.sleep(step.multipliedBy(5));
    done.send(1);
    done.receive();
    System.out.println("main exited");
    // Go's program ends here. To see the fault, look on for a while.
    runner.thread().join(step.multipliedBy(3));
    System.out.println("still running: " + runner.thread().isAlive());
  }

  // snippet:run
  private static void run(Channel<Integer> done, Duration step, boolean literal)
      throws InterruptedException {
    for (; ; ) {
      boolean told =
          Select.<Boolean>of()
              .receive(
                  done,
                  () -> {
                    System.out.println("exiting...");
                    done.send(1);
                    return true; // Go: break
                  })
              .orDefault(() -> false)
              .await();
      if (told && !literal) {
        return;
      }
      Thread.sleep(step);
      System.out.println("do something");
    }
  }
  // end:run
}
