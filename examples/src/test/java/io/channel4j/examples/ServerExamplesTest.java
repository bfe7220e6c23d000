package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The examples with two servers: how one of them ends, and what becomes of the other. */
class ServerExamplesTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  static CompletableFuture<HttpResponse<String>> ask(int port, String path) {
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    var request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + path)).build();
    return CLIENT.sendAsync(request, BodyHandlers.ofString());
  }

  private static String get(int port, String path) throws Exception {
    return ask(port, path).get().body().strip();
  }

  /** A port that somebody else has already. */
  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void aServerThatNobodyWatchesDiesInSilence() throws Exception {
    try (var taken = taken();
        var servers =
            ExampleProcess.start(
                E40ServeAndForget.class, "literal", "0", "" + taken.getLocalPort())) {
      int app = servers.port("app");
      assertEquals("hello, QCon!", get(app, "/"));
      assertTrue(servers.isAlive());
      assertEquals(List.of(), servers.errors());
      get(app, "/quit"); // when the application ends, the program does
      servers.rest(0);
    }
  }

  @Test
  void aServerThatFailsEndsTheProgramIfItsExceptionGetsOut() throws Exception {
    try (var taken = taken();
        var servers =
            ExampleProcess.start(
                E40ServeAndForget.class, "repaired", "0", "" + taken.getLocalPort())) {
      servers.rest(2);
      assertTrue(servers.errors().getFirst().contains("BindException"), servers.errors()::toString);
    }
  }

  @Test
  void theDebugServerShowsTheStacks() throws Exception {
    try (var servers = ExampleProcess.start(E40ServeAndForget.class, "literal", "0", "0")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      String stacks = get(port("debug", two), "/debug/pprof/goroutine");
      assertTrue(stacks.contains("E40ServeAndForget.serveDebug"), stacks);
    }
  }

  @Test
  void logFatalEndsTheProgramWhereItStands() throws Exception {
    try (var taken = taken();
        var servers = ExampleProcess.start(E41LogFatal.class, "0", "" + taken.getLocalPort())) {
      var lines = servers.rest(1);
      assertFalse(lines.contains("never printed"), lines::toString);
      assertEquals(1, servers.errors().size(), servers.errors()::toString);
    }
  }

  @Test
  void aServerThatEndsWithoutAnErrorEndsAlone() throws Exception {
    try (var servers = ExampleProcess.start(E41LogFatal.class, "0", "0")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      get(port("debug", two), "/quit");
      servers.linesUntil("debug has ended");
      assertEquals("hello, QCon!", get(port("app", two), "/"));
    }
  }

  @Test
  void mainGathersTheErrorsOfBoth() throws Exception {
    try (var servers = ExampleProcess.start(E42GatherErrors.class, "0", "0")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      get(port("debug", two), "/quit");
      servers.linesUntil("error: debug: server closed");
      assertEquals("hello, QCon!", get(port("app", two), "/"), "nobody has told it");
      get(port("app", two), "/quit");
      servers.linesUntil("error: app: server closed");
      servers.rest();
    }
  }

  @Test
  void whoeverEndsFirstStopsTheOther() throws Exception {
    for (String first : List.of("app", "debug")) {
      try (var servers = ExampleProcess.start(E43StopServers.class, "repaired", "0", "0")) {
        List<String> two = List.of(servers.nextLine(), servers.nextLine());
        get(port(first, two), "/quit");
        var lines = servers.rest();
        String second = first.equals("app") ? "debug" : "app";
        assertTrue(
            lines.indexOf("error: " + first + ": server closed")
                < lines.indexOf("error: " + second + ": server closed"),
            lines::toString);
        assertTrue(lines.contains("app has ended"), lines::toString);
        assertTrue(lines.contains("debug has ended"), lines::toString);
      }
    }
  }

  @Test
  void aFailureToStartStopsTheOther() throws Exception {
    try (var taken = taken();
        var servers =
            ExampleProcess.start(
                E43StopServers.class, "repaired", "0", "" + taken.getLocalPort())) {
      var lines = servers.rest();
      assertTrue(lines.contains("error: app: server closed"), lines::toString);
      assertTrue(lines.contains("app has ended"), lines::toString);
    }
  }

  @Test
  void theLiteralShutdownCutsARequestInFlight() throws Exception {
    try (var servers = ExampleProcess.start(E43StopServers.class, "literal", "0", "0", "60000")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      var slow = ask(port("app", two), "/slow");
      servers.linesUntil("slow request");
      get(port("debug", two), "/quit");
      servers.rest();
      assertThrows(ExecutionException.class, slow::get);
    }
  }

  @Test
  void theRepairedShutdownWaitsForARequestInFlight() throws Exception {
    try (var servers = ExampleProcess.start(E43StopServers.class, "repaired", "0", "0", "300")) {
      List<String> two = List.of(servers.nextLine(), servers.nextLine());
      var slow = ask(port("app", two), "/slow");
      servers.linesUntil("slow request");
      get(port("debug", two), "/quit");
      assertEquals("hello, QCon!", slow.get().body().strip());
      servers.rest();
    }
  }

  @Test
  void aWorkGroupStopsBothWhicheverEndsFirst() throws Exception {
    for (String first : List.of("app", "debug")) {
      try (var servers = ExampleProcess.start(E44WorkGroup.class, "0", "0", "300")) {
        List<String> two = List.of(servers.nextLine(), servers.nextLine());
        var slow = ask(port("app", two), "/slow");
        servers.linesUntil("slow request");
        get(port(first, two), "/quit");
        assertEquals("hello, QCon!", slow.get().body().strip());
        assertEnd(first, servers.rest());
      }
    }
  }

  @Test
  void anErrGroupStopsBothWhenOneFails() throws Exception {
    for (String first : List.of("app", "debug")) {
      try (var servers = ExampleProcess.start(E49GracefulServers.class, "0", "0", "300")) {
        List<String> two = List.of(servers.nextLine(), servers.nextLine());
        var slow = ask(port("app", two), "/slow");
        servers.linesUntil("slow request");
        get(port(first, two), "/quit");
        assertEquals("hello, QCon!", slow.get().body().strip());
        assertEnd(first, servers.rest());
      }
    }
  }

  private static void assertEnd(String first, List<String> lines) {
    assertTrue(lines.contains("app has ended"), lines::toString);
    assertTrue(lines.contains("debug has ended"), lines::toString);
    assertEquals(
        List.of("error: " + first + ": server closed", "both have ended"),
        lines.subList(lines.size() - 2, lines.size()));
  }

  static int port(String server, List<String> lines) {
    String start = server + " on port ";
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> Integer.parseInt(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(server + " in " + lines));
  }
}
