package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import java.io.IOException;
import java.time.Duration;

/**
 * Two servers that report to main how they ended. Nobody may close the channel, so main counts.
 *
 * <p>What is still missing: when one has ended, the other goes on. See the next example.
 */
public final class E42GatherErrors {
  private E42GatherErrors() {}

  private interface Service {
    void run() throws IOException, InterruptedException;
  }

  /** Arguments: the ports. */
  public static void main(String[] args) throws InterruptedException {
    int app = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    int debug = args.length > 1 ? Integer.parseInt(args[1]) : 8001;
    Channel<Exception> done = Channel.make(2); // one slot each, so that nobody waits for main
    go(() -> report(() -> WebServer.app(app, Duration.ofSeconds(1)).serve(), done));
    go(() -> report(() -> WebServer.debug(debug).serve(), done));
    for (int i = 0; i < done.cap(); i++) {
      Exception error = done.receive(); // null says that it ended well: an element like any other
      System.out.println(error == null ? "ended" : "error: " + error.getMessage());
    }
  }

  /** Go: {@code done <- serve()}. */
  private static void report(Service service, SendChannel<Exception> done)
      throws InterruptedException {
    Exception error = null;
    try {
      service.run();
    } catch (IOException e) {
      error = e;
    }
    done.send(error);
  }
}
