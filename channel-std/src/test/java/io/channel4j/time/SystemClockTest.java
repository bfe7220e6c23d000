package io.channel4j.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.time.internal.SystemClock;
import org.junit.jupiter.api.Test;

/**
 * When the clock of the machine takes the wall clock for set. Times in ms, and nanoTime is at 0.
 */
class SystemClockTest {
  private static final long KNOWN = 5_000;

  /** A reading of the wall clock between two of nanoTime. */
  private static long after(long before, long wall, long after) {
    long ms = 1_000_000;
    return SystemClock.offset(KNOWN * ms, before * ms, wall * ms, after * ms) / ms;
  }

  @Test
  void aQuickReadingThatAgreesKeepsWhatIsKnown() {
    assertEquals(KNOWN, after(0, 5_000, 0));
    assertEquals(KNOWN, after(0, 5_001, 0));
    assertEquals(KNOWN, after(0, 4_999, 0));
  }

  @Test
  void aWallClockThatWasSetIsFollowed() {
    assertEquals(5_010, after(0, 5_010, 0));
    assertEquals(4_990, after(0, 4_990, 0));
  }

  @Test
  void aPauseOfTheReaderIsNotTakenForAClockThatWasSet() {
    assertEquals(KNOWN, after(0, 5_000, 300)); // stopped after it had read the wall clock
    assertEquals(KNOWN, after(0, 5_300, 300)); // and before
    assertEquals(KNOWN, after(0, 5_150, 300));
    assertEquals(5_400, after(0, 5_400, 300)); // stopped, and yet it was set
  }
}
