package io.channel4j.conformance.support;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Where all threads stand: those of the test in short, all of them in a file. */
final class Dump {
  private static final int MAX_FRAMES = 12;
  private static final int MAX_STACKS = 20;

  private Dump() {}

  static String of(Collection<Thread> goroutines, Thread owner) {
    var text = new StringBuilder("the test's own thread: " + stack(owner) + "\n");
    Map<String, Integer> stacks = new TreeMap<>();
    for (Thread t : goroutines) {
      stacks.merge(stack(t), 1, Integer::sum);
    }
    stacks.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_STACKS)
        .forEach(e -> text.append(e.getValue()).append(" x ").append(e.getKey()).append('\n'));
    return text.append(file()).toString();
  }

  private static String stack(Thread t) {
    var text = new StringBuilder(t.getState().toString());
    Object blocker = LockSupport.getBlocker(t);
    if (blocker != null) {
      text.append(" (").append(blocker).append(')');
    }
    Arrays.stream(t.getStackTrace())
        .filter(frame -> !frame.getClassName().startsWith("org.junit"))
        .limit(MAX_FRAMES)
        .forEach(frame -> text.append("\n    at ").append(frame));
    return text.toString();
  }

  /** Virtual threads are in no other dump that a JVM can make of itself. */
  private static String file() {
    try {
      Path folder = Files.createTempDirectory("channel4j-dump");
      Path file = folder.resolve("threads.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(
              file.toAbsolutePath().toString(),
              HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      return "all threads: " + file;
    } catch (IOException e) {
      return "no dump of all threads: " + e;
    }
  }
}
