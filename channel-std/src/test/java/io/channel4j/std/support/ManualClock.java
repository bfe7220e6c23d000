package io.channel4j.std.support;

import io.channel4j.internal.TimerClock;
import io.channel4j.time.internal.Clocks;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A clock that stands still until a test advances it. Alarms ring in the advancing thread. */
public final class ManualClock implements TimerClock, AutoCloseable {

  /** What the clock shows at first: where Go's synctest begins, too. */
  public static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  private record Entry(Runnable alarm, long due, long number) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          (a, b) -> {
            int c = Long.compare(a.due - b.due, 0);
            return c != 0 ? c : Long.compare(a.number, b.number);
          });

  private final long origin;
  private long now;
  private long number;

  /** A clock whose nanoTime starts anywhere: here near the end of what a long can hold. */
  public ManualClock() {
    this(Long.MAX_VALUE - 1_000_000_000L);
  }

  public ManualClock(long origin) {
    this.origin = origin;
    this.now = origin;
  }

  /** Makes new timers go by this clock until it is closed. */
  public ManualClock install() {
    Clocks.use(this);
    return this;
  }

  @Override
  public void close() {
    Clocks.useSystem();
  }

  /** Moves on, and rings each alarm at its time. */
  public void advance(Duration d) {
    long end = nanoTime() + d.toNanos();
    for (Entry e = next(end); e != null; e = next(end)) {
      e.alarm.run();
    }
    synchronized (this) {
      now = end;
    }
  }

  /** Moves on to the next alarm, if there is one, and rings it. */
  public void advanceToNext() {
    Entry e = next(nanoTime() + Long.MAX_VALUE / 2);
    if (e != null) {
      e.alarm.run();
    }
  }

  /** Moves on without ringing what is due: as if the alarms' thread were late. */
  public synchronized void advanceInSilence(Duration d) {
    now += d.toNanos();
  }

  private synchronized @Nullable Entry next(long end) {
    Entry e = entries.peek();
    if (e == null || e.due - end > 0) {
      return null;
    }
    if (e.due - now > 0) {
      now = e.due;
    }
    return entries.poll();
  }

  /** How many alarms are set. */
  public synchronized int alarms() {
    return entries.size();
  }

  /** The wall clock's time. */
  public Instant now() {
    return instantAt(nanoTime());
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public Instant instantAt(long nanos) {
    return START.plusNanos(nanos - origin);
  }

  @Override
  public synchronized Object schedule(Runnable alarm, long due) {
    Entry e = new Entry(alarm, due, number++);
    entries.add(e);
    return e;
  }

  @Override
  public synchronized void cancel(Object handle) {
    entries.remove(handle);
  }
}
