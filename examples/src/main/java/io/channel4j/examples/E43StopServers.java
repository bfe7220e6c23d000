package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.go.Go;
import java.io.IOException;
import java.time.Duration;

/**
 * Two servers: when the first has ended, main tells the other to stop, and waits for it.
 *
 * <p>The literal port has a trap. A server returns as soon as its shutdown begins, so main may end
 * while requests are in flight, and cuts them. The repaired one waits for the end of the shutdown.
 */
public final class E43StopServers {
  private final boolean literal;

  private E43StopServers(boolean literal) {
    this.literal = literal;
  }

  /** Arguments: literal or repaired, the ports, and the milliseconds that a slow request takes. */
  public static void main(String[] args) {
    var example = new E43StopServers(args.length == 0 || args[0].equals("literal"));
    int app = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
    int debug = args.length > 2 ? Integer.parseInt(args[2]) : 8001;
    Duration slow = Duration.ofMillis(args.length > 3 ? Long.parseLong(args[3]) : 5000);
    Go.main(() -> example.run(app, debug, slow));
  }

  private void run(int app, int debug, Duration slow) throws InterruptedException {
    Channel<Exception> done = Channel.make(2);
    Channel<Void> stop = Channel.make();
    go(() -> report(() -> WebServer.app(app, slow), stop, done));
    go(() -> report(() -> WebServer.debug(debug), stop, done));
    boolean stopped = false;
    for (int i = 0; i < done.cap(); i++) {
      Exception error = done.receive();
      System.out.println("error: " + error.getMessage());
      if (!stopped) {
        stopped = true;
        stop.close();
      }
    }
  }

  private interface Opener {
    WebServer open() throws IOException;
  }

  private void report(Opener opener, ReceiveChannel<Void> stop, SendChannel<Exception> done)
      throws InterruptedException {
    try {
      serve(opener.open(), stop);
    } catch (IOException e) {
      done.send(e);
    }
  }

  /** Serves until stop is closed, or until the server ends by itself. */
  private void serve(WebServer server, ReceiveChannel<Void> stop)
      throws IOException, InterruptedException {
    var helper =
        go(
            () -> {
              stop.receive(); // literal: if nobody closes stop, this goroutine stays
              server.shutdown();
            });
    try {
      server.serve();
    } catch (WebServer.ServerClosed e) {
      if (!literal) {
        server.awaitEnd();
        helper.thread().interrupt(); // it may still wait for stop
        helper.join();
      }
      throw e;
    }
  }
}
