package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import java.time.Duration;

/** Work of five steps, which a context stops after the time of three. */
public final class E19Progress {
  private E19Progress() {}

  /** The argument, if any: the milliseconds of a step. */
  public static void main(String[] args) throws InterruptedException {
    Duration step = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 1000);
    // snippet:with-timeout
    try (var ctx = Context.withTimeout(Context.background(), step.multipliedBy(3))) {
      ContextException error = startSomeWork(ctx, step);
      System.out.println("error: " + (error == null ? null : error.getMessage()));
    } // Go: defer cancel()
    // end:with-timeout
  }

  // snippet:work
  /** Who can be cancelled takes a context, as the first parameter. */
  private static ContextException startSomeWork(Context ctx, Duration step)
      throws InterruptedException {
    Channel<Void> done = Channel.make();
    go(
        () -> {
          try {
            work(ctx, step);
          } finally {
            done.close();
          }
        });
    done.receive();
    return ctx.err();
  }

  private static void work(Context ctx, Duration step) throws InterruptedException {
    for (int i = 1; i <= 5; i++) {
      if (ctx.done().tryReceive().isReady()) {
        System.out.println("cancelled");
        return;
      }
      Thread.sleep(step);
      System.out.println("progress: " + i * 20);
    }
    System.out.println("complete");
  }
  // end:work
}
