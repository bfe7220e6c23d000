package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A close that reaches ten workers, and a main that waits for them.
 *
 * <p>In the literal port a worker that is told to exit does not return. A closed channel is ready
 * for ever, so it exits over and over, and a main that waits for it never ends. (The Go program has
 * one more fault, a WaitGroup that is copied. Java has references, so that this cannot be written.)
 */
public final class E08CloseBroadcast {
  private static final int WORKERS = 10;

  private final Channel<Void> stop = Channel.make();
  private final WaitGroup wg = new WaitGroup();
  private final AtomicLong hellos = new AtomicLong();
  private final AtomicLong exits = new AtomicLong();
  private final boolean literal;

  private E08CloseBroadcast(boolean literal) {
    this.literal = literal;
  }

  /** Arguments: literal or repaired, and for how many milliseconds to work. */
  public static void main(String[] args) throws InterruptedException {
    boolean literal = args.length == 0 || args[0].equals("literal");
    Duration work = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 1000);
    new E08CloseBroadcast(literal).run(work);
  }

  private void run(Duration work) throws InterruptedException {
    for (int i = 0; i < WORKERS; i++) {
      wg.go(this::work); // Go: wg.Add(1), then go worker(stop, &wg), and there defer wg.Done()
    }
    Thread.sleep(work);
    stop.close();
    if (literal) {
      look();
    } else {
      wg.await();
    }
    System.out.println("said hello: " + (hellos.get() > 0));
    System.out.println(
        "exited " + (exits.get() > 10 * WORKERS ? "over and over" : exits + " times"));
  }

  // snippet:work
  private void work() throws InterruptedException {
    for (; ; ) {
      if (isClosed(stop)) { // Go: select { case <-stop: … default: … }
        exits.incrementAndGet(); // Go prints "exit worker"
        if (!literal) {
          return;
        }
      } else {
        hellos.incrementAndGet(); // Go prints "hello", as often as it can
      }
      // Go preempts a goroutine that never waits. A virtual thread would keep its processor.
      Thread.sleep(1);
    }
  }

  // end:work

  private static boolean isClosed(ReceiveChannel<Void> stop) {
    return stop.tryReceive().isReady();
  }

  /** Looks on, because this main would wait for ever. */
  private void look() throws InterruptedException {
    var waiter = go(wg::await);
    while (exits.get() <= 10 * WORKERS || waiter.state().equals("running")) {
      Thread.sleep(10);
    }
    System.out.println("main would wait in " + waiter.state());
  }
}
