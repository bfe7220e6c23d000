package io.channel4j.examples;

import static io.channel4j.go.Go.go;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * Go's {@code http.Server} on the JDK's server, as far as the examples need it.
 *
 * <p>As in Go, {@link #serve} throws at once when {@link #shutdown} begins, and only shutdown waits
 * for the requests in flight. Who ends the program after serve cuts them.
 *
 * <p>{@code /quit} shuts the server down from outside: the examples need servers that fail.
 */
final class WebServer {
  /** As long as it takes; the JDK counts in seconds, and Go's context.Background() never ends. */
  private static final int FOR_EVER = 1_000_000_000;

  private final HttpServer server;
  private final String name;
  private final Channel<Void> closing = Channel.make();
  private final Channel<Void> closed = Channel.make();

  private int inFlight;
  private boolean isClosing;

  /** Go: {@code http.ErrServerClosed}. */
  static final class ServerClosed extends IOException {
    private static final long serialVersionUID = 1L;

    ServerClosed(String name) {
      super(name + ": server closed");
    }
  }

  /** Binds the port; 0 takes a free one. What connects waits until it serves. */
  WebServer(String name, int port, HttpHandler handler) throws IOException {
    this.name = name;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> count(exchange, handler));
    server.createContext("/quit", exchange -> count(exchange, this::quit));
    System.out.println(name + " on port " + server.getAddress().getPort());
  }

  /** Serves until {@link #shutdown} begins. */
  void serve() throws ServerClosed, InterruptedException {
    synchronized (this) {
      if (!isClosing) { // as in Go, a shutdown may come first
        server.start();
      }
    }
    closing.receive();
    throw new ServerClosed(name);
  }

  /** Stops to accept, and waits for the requests in flight. */
  void shutdown() {
    boolean idle;
    synchronized (this) {
      if (isClosing) {
        return;
      }
      isClosing = true;
      idle = inFlight == 0;
    }
    closing.close();
    server.stop(idle ? 0 : FOR_EVER); // before JDK 24 an idle server, too, takes all that time
    System.out.println(name + " has ended");
    closed.close();
  }

  /** Waits for the end of a shutdown that has begun, whoever began it. */
  void awaitEnd() throws InterruptedException {
    closed.receive();
  }

  /**
   * Serves until stop is closed and the requests in flight are answered.
   *
   * @throws ServerClosed if it ended for another reason; after its end, too
   */
  void serveUntil(ReceiveChannel<Void> stop) throws ServerClosed, InterruptedException {
    go(
        () ->
            Select.<Void>of()
                .receive(
                    stop,
                    () -> {
                      shutdown();
                      return null;
                    })
                .receive(closing, () -> null)
                .await());
    try {
      serve();
    } catch (ServerClosed e) {
      awaitEnd();
      if (!stop.tryReceive().isReady()) {
        throw e;
      }
    }
  }

  private void quit(HttpExchange exchange) throws IOException {
    answer(exchange, 200, "bye");
    go(this::shutdown); // not here: it waits for this request, too
  }

  private void count(HttpExchange exchange, HttpHandler handler) throws IOException {
    boolean refused;
    synchronized (this) {
      refused = isClosing;
      inFlight++;
    }
    try (exchange) {
      if (refused) {
        answer(exchange, 503, "closing");
      } else {
        handler.handle(exchange);
      }
    } finally {
      synchronized (this) {
        inFlight--;
      }
    }
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** The application of examples 40 to 45: a greeting, and at {@code /slow} one that takes time. */
  static WebServer app(int port, Duration slow) throws IOException {
    return new WebServer(
        "app",
        port,
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/slow")) {
            System.out.println("slow request");
            sleep(slow);
          }
          answer(exchange, 200, "hello, QCon!");
        });
  }

  /** Their other server, which tells what the threads of the program do. */
  static WebServer debug(int port) throws IOException {
    return new WebServer("debug", port, Goroutines::answer);
  }

  private static void sleep(Duration duration) throws IOException {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
