package io.channel4j.internal;

import java.time.Instant;

/** A clock that stands still until it is set, and never calls anybody. */
class StandingClock implements TimerClock {
  volatile long now;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Instant instantAt(long nanos) {
    return Instant.ofEpochSecond(0, nanos);
  }

  @Override
  public Object schedule(Runnable alarm, long due) {
    return alarm;
  }

  @Override
  public void cancel(Object handle) {}
}
