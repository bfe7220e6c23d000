package io.channel4j.examples;

import static io.channel4j.go.Go.go;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A server that tells each of its callers the time, every second. Go: gopl.io/ch8/clock2.
 *
 * <p>Try {@code nc localhost 8000}, twice at a time.
 */
public final class E46Clock {
  private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss\n");

  private E46Clock() {}

  /** Arguments: the port, and the milliseconds between two lines. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8000;
    Duration period = Duration.ofMillis(args.length > 1 ? Long.parseLong(args[1]) : 1000);
    try (var listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("clock on port " + listener.getLocalPort());
      for (; ; ) {
        Socket connection = listener.accept();
        go(() -> tell(connection, period)); // without go: gopl.io/ch8/clock1, one caller at a time
      }
    }
  }

  private static void tell(Socket connection, Duration period) throws InterruptedException {
    try (connection) {
      var out = connection.getOutputStream();
      for (; ; ) {
        out.write(LocalTime.now(ZoneId.systemDefault()).format(FORMAT).getBytes(UTF_8));
        Thread.sleep(period);
      }
    } catch (IOException e) {
      System.out.println("a caller has left"); // or was cut off
    }
  }
}
