package io.channel4j.time.internal;

import io.channel4j.internal.Alarm;
import io.channel4j.internal.TimerClock;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Starts a goroutine at a time. Go: a timer of {@code time.AfterFunc}. */
public final class FuncTimer {
  /*
   * alarm: null, or the one alarm that counts. To take it away is to decide: the alarm itself when it
   * rings (the function starts), stop, or reset.
   */
  private final TimerClock clock;

  /** Starts the goroutine; does not block. */
  private final Runnable starter;

  private final AtomicReference<@Nullable Alarm> alarm = new AtomicReference<>();

  public FuncTimer(TimerClock clock, Runnable starter) {
    this.clock = clock;
    this.starter = starter;
  }

  /** True if the function had been going to start, and now is not. */
  public boolean stop() {
    return replace(null);
  }

  /** Starts the function at a time of the clock. True if it had been going to start before. */
  public boolean reset(long due) {
    Alarm next = new Alarm(due, this::ring);
    boolean active = replace(next);
    next.start(clock);
    return active;
  }

  private boolean replace(@Nullable Alarm next) {
    Alarm before = alarm.getAndSet(next);
    if (before == null) {
      return false;
    }
    before.cancel(clock);
    return true;
  }

  private void ring(Alarm a) {
    if (alarm.compareAndSet(a, null)) {
      starter.run();
    }
  }
}
