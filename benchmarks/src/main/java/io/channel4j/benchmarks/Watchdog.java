package io.channel4j.benchmarks;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Ends the process, after a dump of all its threads, when a batch takes far too long. */
final class Watchdog {
  static final int EXIT_CODE = 70;
  private static final int DUMP_SECONDS = 30;
  private static final int STACKS_SHOWN = 5;

  private final long limitNanos;
  private volatile String watched = "";
  private volatile long deadline;

  Watchdog(int limitSeconds) {
    limitNanos = limitSeconds * 1_000_000_000L;
    deadline = System.nanoTime() + limitNanos;
    Thread.ofPlatform().daemon().name("watchdog").start(this::guard);
  }

  /** Starts the time of the next piece of work. */
  void watch(String what) {
    watched = what;
    deadline = System.nanoTime() + limitNanos;
  }

  private void guard() {
    while (System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        return;
      }
    }
    System.err.printf("%n%s: no end after %d s%n", watched, limitNanos / 1_000_000_000L);
    // A dump may hang in a process that is broken already.
    Thread.ofPlatform().daemon().start(Watchdog::haltLater);
    try {
      dump();
    } catch (IOException | RuntimeException e) {
      System.err.println("no thread dump: " + e);
    }
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  private static void haltLater() {
    try {
      Thread.sleep(DUMP_SECONDS * 1_000L);
    } catch (InterruptedException e) {
      // halt now
    }
    System.err.println("the thread dump did not end either");
    Runtime.getRuntime().halt(EXIT_CODE);
  }

  /**
   * Writes all threads, the virtual ones too, to a file, and the commonest virtual ones to stderr.
   */
  private static void dump() throws IOException {
    Path folder = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    Path file = folder.resolve("channel4j-threads-" + ProcessHandle.current().pid() + ".txt");
    Files.deleteIfExists(file);
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
    System.err.println("all threads: " + file);
    var counts = new TreeMap<String, Integer>();
    for (String thread : Files.readString(file).split("\n\n")) {
      int firstFrame = thread.indexOf('\n');
      // JDK 21 ends the line there, later ones go on with the state.
      if (firstFrame > 0 && thread.substring(0, firstFrame).contains("\" virtual")) {
        // Without addresses, or no two stacks would be the same.
        counts.merge(thread.substring(firstFrame).replaceAll("@[0-9a-f]+", ""), 1, Integer::sum);
      }
    }
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(STACKS_SHOWN)
        .forEach(e -> System.err.printf("%d virtual threads:%s%n", e.getValue(), e.getKey()));
  }
}
