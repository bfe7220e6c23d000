package io.channel4j.examples;

import static io.channel4j.go.Go.go;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.Select;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;

/**
 * A chat room: one goroutine owns the list of who is there, and two serve each caller. Go:
 * gopl.io/ch8/chat.
 *
 * <p>Try {@code nc localhost 8000}, twice at a time.
 */
public final class E47Chat {
  private final Channel<SendChannel<String>> entering = Channel.make();
  private final Channel<SendChannel<String>> leaving = Channel.make();
  private final Channel<String> messages = Channel.make();

  private E47Chat() {}

  /** The argument, if any: the port. */
  public static void main(String[] args) throws IOException {
    int port = args.length > 0 ? Integer.parseInt(args[0]) : 8000;
    var chat = new E47Chat();
    try (var listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {
      System.out.println("chat on port " + listener.getLocalPort());
      go(chat::broadcast);
      for (; ; ) {
        Socket connection = listener.accept();
        go(() -> chat.serve(connection));
      }
    }
  }

  private void broadcast() throws InterruptedException {
    var clients = new HashSet<SendChannel<String>>();
    var select = Select.loop();
    var message = select.receive(messages);
    var arrival = select.receive(entering);
    var departure = select.receive(leaving);
    for (; ; ) {
      var chosen = select.await();
      if (chosen == message) {
        for (var client : clients) {
          client.send(message.value()); // as in Go, a slow client holds up everybody
        }
      } else if (chosen == arrival) {
        clients.add(arrival.value());
      } else if (chosen == departure) {
        clients.remove(departure.value());
        departure.value().close();
      }
    }
  }

  private void serve(Socket connection) throws IOException, InterruptedException {
    try (connection) {
      Channel<String> lines = Channel.make(); // what this client is told
      go(() -> write(connection, lines));
      String who = connection.getRemoteSocketAddress().toString();
      lines.send("You are " + who);
      messages.send(who + " has arrived");
      entering.send(lines);
      read(connection, who);
      leaving.send(lines);
      messages.send(who + " has left");
    }
  }

  private void read(Socket connection, String who) throws InterruptedException {
    try {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        messages.send(who + ": " + line);
      }
    } catch (IOException e) {
      System.out.println(who + ": " + e.getMessage()); // gone without a goodbye
    }
  }

  /** Reads on after an error, or the broadcaster would wait for this client for ever. */
  private static void write(Socket connection, ReceiveChannel<String> lines)
      throws InterruptedException {
    boolean broken = false;
    for (var next = lines.receiveOk(); next.ok(); next = lines.receiveOk()) {
      try {
        if (!broken) {
          connection.getOutputStream().write((next.value() + "\n").getBytes(UTF_8));
        }
      } catch (IOException e) {
        broken = true;
      }
    }
  }
}
