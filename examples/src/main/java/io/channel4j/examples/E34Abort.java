package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import java.time.Duration;

/**
 * How to stop many goroutines: one event for each, or a close for all.
 *
 * <p>Who sends events has to know how many goroutines there are at that moment. With too few, some
 * go on; with too many, the sender waits for ever. A close reaches everybody, late comers included.
 */
public final class E34Abort {
  private static final int ROCKETS = 3;
  private static final Duration FOR_EVER = Duration.ofMillis(100);

  private E34Abort() {}

  /** Stops three rockets in three ways. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("2 events: " + send(2));
    System.out.println("4 events: " + send(4));
    System.out.println("close: " + close());
  }

  private static String send(int events) throws InterruptedException {
    Channel<Void> abort = Channel.make();
    Channel<Integer> ended = launch(abort);
    int taken = 0;
    for (int i = 0; i < events; i++) {
      if (i < ROCKETS) {
        abort.send(null);
        taken++;
      } else if (abort.trySend(null, FOR_EVER)) {
        taken++;
      }
    }
    for (int i = 0; i < taken; i++) {
      ended.receive();
    }
    int flying = ROCKETS - taken;
    return taken + " rockets aborted, " + flying + " flying, " + (events - taken) + " unheard";
  }

  private static String close() throws InterruptedException {
    Channel<Void> abort = Channel.make();
    Channel<Integer> ended = launch(abort);
    abort.close();
    go(() -> fly(ROCKETS, abort, ended)); // starts too late, and aborts all the same
    for (int i = 0; i < ROCKETS + 1; i++) {
      ended.receive();
    }
    return "all aborted, and one that came late";
  }

  private static Channel<Integer> launch(Channel<Void> abort) {
    Channel<Integer> ended = Channel.make(0, 0);
    for (int i = 0; i < ROCKETS; i++) {
      int rocket = i;
      go(() -> fly(rocket, abort, ended));
    }
    return ended;
  }

  private static void fly(int rocket, Channel<Void> abort, Channel<Integer> ended)
      throws InterruptedException {
    abort.receive(); // which takes an event away from the others
    ended.send(rocket);
  }
}
