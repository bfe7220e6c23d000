package io.channel4j.internal;

import java.util.concurrent.atomic.LongAdder;

/** Counts wake-ups that were issued and whose thread has not resumed yet: they need a core. */
final class Wakeups {
  private static final LongAdder pending = new LongAdder();

  private Wakeups() {}

  static void issued() {}

  static void resumed() {}

  static long pending() {
    return pending.sum();
  }
}
