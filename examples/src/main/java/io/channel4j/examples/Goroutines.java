package io.channel4j.examples;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The stacks of all threads, virtual ones included. Go: {@code /debug/pprof/goroutine?debug=2}. */
final class Goroutines {
  private Goroutines() {}

  /** What {@code jcmd PID Thread.dump_to_file} writes. */
  static String dump() throws IOException {
    Path directory = Files.createTempDirectory("goroutines");
    Path file = directory.resolve("dump"); // must not exist
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      return Files.readString(file);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  static void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals("/debug/pprof/goroutine")) {
      WebServer.answer(exchange, 200, dump());
    } else {
      WebServer.answer(exchange, 404, "no such page: try /debug/pprof/goroutine");
    }
  }
}
