package io.channel4j.examples;

import io.channel4j.sync.WorkGroup;
import java.io.IOException;
import java.time.Duration;

/** The two servers once more. A WorkGroup does what main did by hand. */
public final class E44WorkGroup {
  private E44WorkGroup() {}

  /** Arguments: the ports, and the milliseconds that a slow request takes. */
  public static void main(String[] args) throws InterruptedException {
    int app = args.length > 0 ? Integer.parseInt(args[0]) : 8080;
    int debug = args.length > 1 ? Integer.parseInt(args[1]) : 8001;
    Duration slow = Duration.ofMillis(args.length > 2 ? Long.parseLong(args[2]) : 5000);
    // snippet:work-group
    var group = new WorkGroup();
    group.add(stop -> WebServer.app(app, slow).serveUntil(stop));
    group.add(stop -> WebServer.debug(debug).serveUntil(stop));
    try {
      group.<IOException>run(); // the first that returns stops the other
    } catch (IOException e) {
      System.out.println("error: " + e.getMessage());
    }
    // end:work-group
    System.out.println("both have ended");
  }
}
