package io.channel4j.time;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.internal.TimerChannel;
import io.channel4j.internal.TimerClock;
import io.channel4j.time.internal.FuncTimer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A single event: made by {@link Time#newTimer}, it gives the time on its channel; made by {@link
 * Time#afterFunc}, it runs a function. Go: {@code time.Timer}.
 *
 * <p>Safe for use by any number of threads. Need not be stopped when it is dropped, except one of
 * {@code afterFunc}, which will run its function.
 *
 * <p>Go counterpart: src/time/sleep.go; the semantics are those of Go 1.23 and later.
 */
public final class Timer implements AutoCloseable {

  private final TimerClock clock;

  // one of the two
  private final @Nullable TimerChannel channel;
  private final @Nullable FuncTimer func;

  Timer(TimerClock clock, @Nullable TimerChannel channel, @Nullable FuncTimer func) {
    this.clock = clock;
    this.channel = channel;
    this.func = func;
  }

  /**
   * The channel that gives the time. Go: {@code t.C}.
   *
   * @return the same receive-only channel at every call; the nil channel for a timer of {@code
   *     afterFunc}
   */
  public ReceiveChannel<Instant> c() {
    return channel == null ? Channel.nil() : channel;
  }

  /**
   * Stops the timer. Go: {@code t.Stop()}.
   *
   * <p>When it returns, no value can be received any more; there is nothing to drain. The channel
   * is not closed. For a timer of {@code afterFunc}: does not wait for a function that has started.
   *
   * @return true if this call stopped the timer: its value was not received, or its function not
   *     started, and it was not stopped before
   */
  public boolean stop() {
    return channel != null ? channel.stop() : func != null && func.stop();
  }

  /**
   * Sets the timer to a duration from now, whatever it was doing. Go: {@code t.Reset(d)}.
   *
   * <p>What is received after that is of this setting. A function that has started is not waited
   * for and may run beside the next one.
   *
   * @param d how long from now
   * @return true if the timer had been set: its value was not received, or its function not
   *     started, and it was not stopped
   */
  public boolean reset(Duration d) {
    long due = Time.due(clock, d);
    return channel != null ? channel.reset(due, 0) : func != null && func.reset(due);
  }

  /** Is {@link #stop}, for try-with-resources: Go's {@code defer t.Stop()}. */
  @Override
  public void close() {
    boolean unused = stop();
  }
}
