package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that real signals stop, with work in flight; and the literal service. */
class SignalExamplesTest {

  @Test
  void theFaultsOfTheLiteralService() throws Exception {
    var lines = ExampleProcess.run(E31LiteralService.class);
    assertEquals(
        List.of(
            "stop has waited for 0 goroutines",
            "after that 1 was stopping",
            "servers: more than 999, all stopped: true",
            "second stop: close of closed channel"),
        lines.subList(0, 4));
    assertTrue(lines.get(4).startsWith("misuse of unbuffered channel"), lines::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsTheServiceAndItsCallers(String signal) throws Exception {
    try (var service = ExampleProcess.start(E48Service.class, "0")) {
      int port = service.port("service");
      assertEquals("ready", service.nextLine());
      try (var caller = new Caller(port)) {
        caller.says("hello");
        assertEquals("HELLO", caller.hears());
        service.signal(signal);
        assertEquals("bye", caller.hears());
      }
      var lines = service.rest();
      assertTrue(
          lines.contains(signal.equals("INT") ? "interrupt" : "terminated"), lines::toString);
      assertEquals("stopped", lines.getLast());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void aSignalStopsBothServersAfterTheRequestInFlight(String signal) throws Exception {
    try (var servers = ExampleProcess.start(E49GracefulServers.class, "0", "0", "300")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      var slow = ServerExamplesTest.ask(ServerExamplesTest.port("app", two), "/slow");
      servers.linesUntil("slow request");
      servers.signal(signal);
      assertEquals("hello, QCon!", slow.get().body().strip());
      var lines = servers.rest();
      assertTrue(lines.contains("app has ended"), lines::toString);
      assertTrue(lines.contains("debug has ended"), lines::toString);
      String word = signal.equals("INT") ? "interrupt" : "terminated";
      assertEquals(
          List.of(word + " signal received", "both have ended"),
          lines.subList(lines.size() - 2, lines.size()));
    }
  }
}
