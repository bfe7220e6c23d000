package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.go.Go;
import java.io.IOException;
import java.time.Duration;

/**
 * Two servers, one of them started and forgotten.
 *
 * <p>When the application ends, the program ends, and whoever supervises it starts it again. When
 * the debug server ends, nobody notices. The literal port shows that; the repaired one needs no
 * more than to let the exception out, because a goroutine that panics ends its program.
 */
public final class E40ServeAndForget {
  private E40ServeAndForget() {}

  /** Arguments: literal or repaired, and the ports. */
  public static void main(String[] args) {
    boolean literal = args.length == 0 || args[0].equals("literal");
    int app = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
    int debug = args.length > 2 ? Integer.parseInt(args[2]) : 8001;
    Go.main(
        () -> {
          go(() -> serveDebug(debug, literal));
          serveApp(app, literal);
        });
  }

  private static void serveApp(int port, boolean literal) throws IOException, InterruptedException {
    try {
      WebServer.app(port, Duration.ofSeconds(1)).serve();
    } catch (IOException e) {
      forget(e, literal);
    }
  }

  private static void serveDebug(int port, boolean literal)
      throws IOException, InterruptedException {
    try {
      WebServer.debug(port).serve();
    } catch (IOException e) {
      forget(e, literal);
    }
  }

  /** Go: {@code http.ListenAndServe(…)}, whose result is not looked at. */
  private static void forget(IOException e, boolean literal) throws IOException {
    if (!literal) {
      throw e;
    }
  }
}
