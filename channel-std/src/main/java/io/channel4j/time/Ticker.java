package io.channel4j.time;

import io.channel4j.ReceiveChannel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.TimerChannel;
import io.channel4j.internal.TimerClock;
import java.time.Duration;
import java.time.Instant;

/**
 * Gives the time on a channel again and again. Go: {@code time.Ticker}.
 *
 * <p>A slow reader misses ticks: at most one is there to receive, the oldest, and the next one
 * after it is due at the next multiple of the period.
 *
 * <p>Safe for use by any number of threads. Need not be stopped when it is dropped.
 *
 * <p>Go counterpart: src/time/tick.go; the semantics are those of Go 1.23 and later.
 */
public final class Ticker implements AutoCloseable {

  private final TimerClock clock;
  private final TimerChannel channel;

  Ticker(TimerClock clock, TimerChannel channel) {
    this.clock = clock;
    this.channel = channel;
  }

  /**
   * The channel that gives the time. Go: {@code t.C}.
   *
   * @return the same receive-only channel at every call
   */
  public ReceiveChannel<Instant> c() {
    return channel;
  }

  /**
   * Stops the ticker. Go: {@code t.Stop()}.
   *
   * <p>When it returns, no tick can be received any more. The channel is not closed, so that nobody
   * takes the end for a tick: a loop over it goes on waiting.
   */
  public void stop() {
    boolean unused = channel.stop();
  }

  /**
   * Sets the ticker to another period; the next tick is due one period from now. Go: {@code
   * t.Reset(d)}.
   *
   * @param d the period
   * @throws IllegalArgumentException with the message {@code "non-positive interval for
   *     Ticker.Reset"}
   */
  public void reset(Duration d) {
    if (!d.isPositive()) {
      throw new IllegalArgumentException("non-positive interval for Ticker.Reset");
    }
    boolean unused = channel.reset(Time.due(clock, d), ChannelBase.nanos(d));
  }

  /** Is {@link #stop}, for try-with-resources: Go's {@code defer t.Stop()}. */
  @Override
  public void close() {
    stop();
  }
}
