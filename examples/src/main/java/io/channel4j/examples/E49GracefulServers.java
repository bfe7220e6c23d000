package io.channel4j.examples;

import io.channel4j.context.Context;
import io.channel4j.signal.Signal;
import io.channel4j.signal.Signals;
import io.channel4j.sync.ErrGroup;
import java.io.IOException;
import java.time.Duration;

/**
 * Two servers that end together when one of them fails, or on SIGINT or SIGTERM.
 *
 * <p>Requests in flight are finished. A second Ctrl-C, once the context is closed, ends the program
 * at once.
 */
public final class E49GracefulServers {
  private E49GracefulServers() {}

  /** Arguments: the ports, and the milliseconds that a slow request takes. */
  public static void main(String[] args) throws InterruptedException {
    int app = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    int debug = args.length > 1 ? Integer.parseInt(args[1]) : 8001;
    Duration slow = Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 5000);
    // snippet:graceful
    try (var ctx = Signals.notifyContext(Context.background(), Signal.INT, Signal.TERM);
        var group = new ErrGroup(ctx)) {
      group.go(() -> WebServer.app(app, slow).serveUntil(ctx.done()));
      group.go(() -> WebServer.debug(debug).serveUntil(ctx.done()));
      group.<IOException>await();
      System.out.println(Context.cause(ctx).getMessage());
    } catch (IOException e) {
      System.out.println("error: " + e.getMessage());
    }
    // end:graceful
    System.out.println("both have ended");
  }
}
