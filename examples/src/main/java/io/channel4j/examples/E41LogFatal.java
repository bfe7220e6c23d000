package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.select.Select;
import java.io.IOException;
import java.time.Duration;

/**
 * Two servers that end the program themselves when they fail. It works, and badly.
 *
 * <p>{@code log.Fatal} ends the process where it stands: no finally block runs, nobody is told to
 * stop, and what calls it cannot be tested. And a server that ends without an error ends alone.
 */
public final class E41LogFatal {
  private E41LogFatal() {}

  /** Arguments: the ports. */
  public static void main(String[] args) throws InterruptedException {
    int app = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    int debug = args.length > 1 ? Integer.parseInt(args[1]) : 8001;
    try {
      go(() -> serve(WebServer.app(app, Duration.ofSeconds(1))));
      go(
          () -> {
            try {
              serve(WebServer.debug(debug));
            } catch (IOException e) {
              fatal(e);
            }
          });
      Select.of().await(); // Go: select {}
    } finally {
      System.out.println("never printed"); // Go: defer
    }
  }

  private static void serve(WebServer server) throws IOException, InterruptedException {
    try {
      server.serve();
    } catch (WebServer.ServerClosed e) {
      System.out.println(e.getMessage()); // no failure: the program goes on with one server
    }
  }

  /** Go: {@code log.Fatal}. Shutdown hooks do run in Java; halt() would spare those, too. */
  private static void fatal(IOException e) {
    System.err.println(e.getMessage());
    System.exit(1);
  }
}
