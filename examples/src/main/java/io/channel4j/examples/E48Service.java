package io.channel4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.signal.Signal;
import io.channel4j.signal.Signals;
import io.channel4j.sync.Once;
import io.channel4j.sync.WaitGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/**
 * A service with a goroutine for each caller, which SIGINT and SIGTERM stop gracefully.
 *
 * <p>Try {@code nc localhost 8000}: it answers in capitals. A stop lets no more callers in, lets
 * each finish the line that is being answered, and waits for all of them.
 */
public final class E48Service {
  /** Go: {@code type Service struct { ch chan bool; waitGroup *sync.WaitGroup }}. */
  private static final class Service {
    private final ServerSocket listener;
    private final Channel<Void> stop = Channel.make();
    private final WaitGroup wg = new WaitGroup();
    private final Once stopOnce = new Once();

    Service(int port) throws IOException {
      listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
      System.out.println("service on port " + listener.getLocalPort());
    }

    /** Adds before it starts: whoever stops it after this waits for it. */
    void start() {
      wg.go(this::serve);
    }

    /** Asks all to stop, and waits until they have. May be called again. */
    void stop() throws IOException, InterruptedException {
      stopOnce.<IOException>doIt(
          () -> {
            stop.close();
            listener.close(); // ends the accept
          });
      wg.await();
    }

    private void serve() {
      try {
        for (; ; ) {
          Socket caller = listener.accept(); // waits: one goroutine for one caller, and no more
          wg.go(() -> answer(caller));
        }
      } catch (IOException e) {
        System.out.println("stopping: " + e.getMessage());
      }
    }

    private void answer(Socket caller) {
      Channel<Void> left = Channel.make();
      // A read cannot wait for a channel as well, so a second goroutine ends it.
      wg.go(
          () ->
              Select.<Void>of()
                  .receive(
                      stop,
                      () -> {
                        caller.shutdownInput(); // the end of input, as if the caller had hung up
                        return null;
                      })
                  .receive(left, () -> null)
                  .await());
      try (caller) {
        var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          caller.getOutputStream().write((line.toUpperCase(Locale.ROOT) + "\n").getBytes(UTF_8));
        }
        caller.getOutputStream().write("bye\n".getBytes(UTF_8));
      } catch (IOException e) {
        System.out.println("a caller has gone: " + e.getMessage());
      } finally {
        left.close();
      }
    }
  }

  private E48Service() {}

  /** The argument, if any: the port. */
  public static void main(String[] args) throws IOException, InterruptedException {
    // snippet:main
    var service = new Service(args.length > 0 ? Integer.parseInt(args[0]) : 8000);
    service.start();
    Channel<Signal> signals = Channel.make(1); // a slot, or a signal could be lost
    Signals.notify(signals, Signal.INT, Signal.TERM);
    System.out.println("ready");
    System.out.println(signals.receive());
    service.stop();
    // end:main
    System.out.println("stopped");
  }
}
