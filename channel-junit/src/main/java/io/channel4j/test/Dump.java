package io.channel4j.test;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/** Where threads stand, those with the same stack together. */
final class Dump {
  private static final int MAX_FRAMES = 20;
  private static final int MAX_NAMES = 8;

  private Dump() {}

  static String of(Collection<Thread> threads) {
    Map<String, List<String>> byStack = new TreeMap<>();
    for (Thread t : threads) {
      byStack.computeIfAbsent(stack(t), s -> new ArrayList<>()).add(t.getName());
    }
    var text = new StringBuilder();
    byStack.entrySet().stream()
        .sorted(Comparator.comparingInt(e -> -e.getValue().size()))
        .forEach(
            e -> {
              List<String> names = e.getValue();
              text.append(names.size()).append(names.size() == 1 ? " thread, " : " threads, ");
              text.append(String.join(", ", names.subList(0, Math.min(names.size(), MAX_NAMES))));
              text.append(names.size() > MAX_NAMES ? ", …: " : ": ");
              text.append(e.getKey()).append('\n');
            });
    return text.toString();
  }

  private static String stack(Thread t) {
    var text = new StringBuilder(t.getState().toString());
    Object blocker = LockSupport.getBlocker(t);
    if (blocker != null) {
      text.append(" (").append(blocker).append(')');
    }
    StackTraceElement[] frames = t.getStackTrace();
    for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
      text.append("\n    at ").append(frames[i]);
    }
    return text.toString();
  }
}
