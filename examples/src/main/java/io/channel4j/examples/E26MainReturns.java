package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.go.Go;
import io.channel4j.sync.WaitGroup;
import java.time.Duration;

/**
 * A program ends when main returns, whatever its goroutines do.
 *
 * <p>Two remedies: a WaitGroup, or a channel on which each goroutine says that it has ended.
 */
public final class E26MainReturns {
  private static final int WORKERS = 3;

  private E26MainReturns() {}

  /** Arguments: literal, waitgroup or channel, and the milliseconds that the work takes. */
  public static void main(String[] args) {
    String mode = args.length > 0 ? args[0] : "literal";
    Duration work = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 1000);
    Go.main(() -> run(mode, work));
  }

  private static void run(String mode, Duration work) throws InterruptedException {
    var wg = new WaitGroup();
    Channel<Void> ended = Channel.make();
    for (int i = 1; i <= WORKERS; i++) {
      int worker = i;
      switch (mode) {
        case "waitgroup" -> wg.go(() -> work(worker, work));
        case "channel" ->
            go(
                () -> {
                  work(worker, work);
                  ended.send(null);
                });
        default -> go(() -> work(worker, work));
      }
    }
    wg.await();
    if (mode.equals("channel")) {
      for (int i = 0; i < WORKERS; i++) {
        ended.receive();
      }
    }
    System.out.println("main returns");
  }

  private static void work(int worker, Duration duration) throws InterruptedException {
    Thread.sleep(duration);
    System.out.println("worker " + worker + " is ready");
  }
}
