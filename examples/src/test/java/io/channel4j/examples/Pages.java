package io.channel4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web of pages on this machine, some of which are never answered. */
final class Pages implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ConcurrentHashMap<String, Integer> asked = new ConcurrentHashMap<>();

  Pages() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, 404, "no such page"));
    server.start();
  }

  void add(String path, String html) {
    server.createContext(path, exchange -> answer(exchange, 200, html));
  }

  /** A page that is never answered. */
  void addHanging(String path) {
    server.createContext(path, exchange -> count(exchange));
  }

  private void count(HttpExchange exchange) {
    asked.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
  }

  private void answer(HttpExchange exchange, int status, String html) throws IOException {
    count(exchange);
    byte[] body = html.getBytes(UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  String url(String path) {
    return "http://localhost:" + server.getAddress().getPort() + path;
  }

  /** How often a page was asked for. */
  int asked(String path) {
    return asked.getOrDefault(path, 0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
