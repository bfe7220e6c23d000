package io.channel4j.stress.soak;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often what was done. */
final class Counts {
  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String what) {
    add(what, 1);
  }

  void add(String what, long n) {
    counts.computeIfAbsent(what, w -> new LongAdder()).add(n);
  }

  long get(String what) {
    LongAdder n = counts.get(what);
    return n == null ? 0 : n.sum();
  }

  Map<String, LongAdder> sorted() {
    return new TreeMap<>(counts);
  }
}
