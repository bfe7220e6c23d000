package io.channel4j.time.internal;

import io.channel4j.internal.TimerClock;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The clock of the machine: {@link System#nanoTime} and one thread that rings the alarms. */
public final class SystemClock implements TimerClock {
  /*
   * Alarms are kept by a ScheduledThreadPoolExecutor, in a heap: O(log n) to set, to cancel and to ring,
   * and a cancelled one leaves at once. Its one thread does no more than hand over a value or start a
   * goroutine. It has a lock, which is why it is here and not in channel-core.
   *
   * Instants. offset is what the wall clock is ahead of nanoTime. It is read again whenever a time is
   * told, and kept unless it is off by more than a millisecond: so differences between the ticks of one
   * ticker are exact, and yet ticks follow the wall clock when that is set. A thread that is stopped in
   * the middle of that reading has learnt less, and knows how much less; it does not take its own pause
   * for a clock that was set.
   */
  public static final SystemClock INSTANCE = new SystemClock();

  private static final long TOLERATED_NANOS = 1_000_000;
  private static final long NANOS = 1_000_000_000;

  private final ScheduledThreadPoolExecutor alarms;

  /** In nanoseconds. Anybody; races store one good value or the other. */
  private volatile long offset = firstOffset();

  private SystemClock() {
    alarms =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("channel4j-timer")
                .daemon()
                .inheritInheritableThreadLocals(false)
                .factory());
    alarms.setRemoveOnCancelPolicy(true);
  }

  private static long wallNanos() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS + now.getNano(); // until the year 2262
  }

  /** Of a few readings the one that took the shortest time. */
  private static long firstOffset() {
    long best = Long.MAX_VALUE;
    long found = 0;
    for (int i = 0; i < 8; i++) {
      long before = System.nanoTime();
      long wall = wallNanos();
      long took = System.nanoTime() - before;
      if (took < best) {
        best = took;
        found = wall - before;
      }
    }
    return found;
  }

  /**
   * The offset after a reading of the wall clock between two of nanoTime, by which it is from
   * {@code wall - after} to {@code wall - before}: the known one, unless it is out of that.
   */
  public static long offset(long known, long before, long wall, long after) {
    return known < wall - after - TOLERATED_NANOS || known > wall - before + TOLERATED_NANOS
        ? wall - before
        : known;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instantAt(long nanos) {
    long known = offset;
    long before = System.nanoTime();
    long wall = wallNanos();
    long now = offset(known, before, wall, System.nanoTime());
    if (now != known) {
      offset = now;
    }
    long epochNanos = now + nanos;
    return Instant.ofEpochSecond(
        Math.floorDiv(epochNanos, NANOS), Math.floorMod(epochNanos, NANOS));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // it is the handle, and alarms throw nothing
  public Object schedule(Runnable alarm, long due) {
    return alarms.schedule(alarm, due - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void cancel(Object handle) {
    boolean unused = ((Future<?>) handle).cancel(false);
  }

  /** How many alarms are set; for tests. */
  public int alarms() {
    return alarms.getQueue().size();
  }
}
