package io.channel4j.internal;

import java.time.Instant;

/**
 * Where timers take the time from, and who calls them when it has come. The seam through which
 * tests, and virtual time, drive them.
 */
public interface TimerClock {

  /**
   * Now, in nanoseconds of this clock: as {@link System#nanoTime}, to be compared by difference.
   */
  long nanoTime();

  /** What the wall clock shows when {@link #nanoTime} is this. */
  Instant instantAt(long nanos);

  /**
   * Runs the alarm once, not before {@code due}, in any thread but never within this call. Alarms
   * do not block and run no code of the user.
   *
   * @return what {@link #cancel} wants to know
   */
  Object schedule(Runnable alarm, long due);

  /** Forgets an alarm, so that nothing refers to it any more; it may run all the same. */
  void cancel(Object handle);
}
