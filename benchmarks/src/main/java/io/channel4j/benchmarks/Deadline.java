package io.channel4j.benchmarks;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The time that a quick run has; any other has all the time of the world. */
final class Deadline {
  private static final long RESERVE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier clock;
  private final long start;
  private final long nanos;

  /** For all times but a quick run's. */
  static Deadline none() {
    return new Deadline(0, 0, () -> 0);
  }

  /**
   * @param nanos from the start until everything must have ended; 0 for no end
   */
  Deadline(long start, long nanos, LongSupplier clock) {
    this.start = start;
    this.nanos = nanos;
    this.clock = clock;
  }

  /** Whether another round like those before it ends in time. */
  boolean fits(int round) {
    long used = clock.getAsLong() - start;
    return nanos == 0 || used / (round - 1) * round + RESERVE_NANOS < nanos;
  }

  /** How long the next of the forks of a round may take; 0 for as long as it likes. */
  long shareMillis(int forks) {
    if (nanos == 0) {
      return 0;
    }
    long left = nanos - RESERVE_NANOS - (clock.getAsLong() - start);
    return Math.max(TimeUnit.NANOSECONDS.toMillis(left / forks), 1);
  }
}
