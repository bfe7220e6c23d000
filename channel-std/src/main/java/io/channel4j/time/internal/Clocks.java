package io.channel4j.time.internal;

import io.channel4j.internal.TimerClock;
import java.time.Instant;

/** Which clock a new timer, deadline or sleep goes by. */
public final class Clocks {

  private static volatile TimerClock current = SystemClock.INSTANCE;

  private Clocks() {}

  /** The clock of timers that are made now. */
  public static TimerClock current() {
    return current;
  }

  /** For tests: timers that are made from now on go by this clock. */
  public static void use(TimerClock clock) {
    current = clock;
  }

  /** For tests: back to the system's. */
  public static void useSystem() {
    current = SystemClock.INSTANCE;
  }

  /** The wall clock's time by that clock. */
  public static Instant now(TimerClock clock) {
    return clock.instantAt(clock.nanoTime());
  }
}
