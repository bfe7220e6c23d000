package io.channel4j.examples;

import io.channel4j.context.Context;
import io.channel4j.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ten workers that a context stops: the same as a stop channel, and it goes down the whole tree.
 *
 * <p>The literal fault, a worker that does not return, is that of the example before.
 */
public final class E09StopContext {
  private E09StopContext() {}

  /** The argument, if any: for how many milliseconds to work. */
  public static void main(String[] args) throws InterruptedException {
    Duration work = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 1000);
    var exits = new AtomicInteger();
    var wg = new WaitGroup();
    try (var ctx = Context.withCancel(Context.background())) { // Go: defer cancel()
      for (int i = 0; i < 10; i++) {
        wg.go(() -> work(ctx, exits));
      }
      Thread.sleep(work);
      ctx.cancel();
      wg.await();
      System.out.println(exits + " workers have exited: " + ctx.err().getMessage());
    }
  }

  // snippet:work
  private static void work(Context ctx, AtomicInteger exits) throws InterruptedException {
    for (; ; ) {
      if (ctx.done().tryReceive().isReady()) {
        exits.incrementAndGet();
        return;
      }
      Thread.sleep(1); // Go prints "hello"
    }
  }
  // end:work
}
