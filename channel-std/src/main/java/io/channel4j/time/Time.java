package io.channel4j.time;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.go.Body;
import io.channel4j.go.Program;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Parker;
import io.channel4j.internal.TimerChannel;
import io.channel4j.internal.TimerClock;
import io.channel4j.internal.WaitReason;
import io.channel4j.time.internal.Clocks;
import io.channel4j.time.internal.FuncTimer;
import io.channel4j.time.internal.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Timers, tickers and sleep: what Go's package time has for goroutines. Made for static import:
 *
 * <pre>{@code
 * return Select.<Integer>of()
 *     .receive(done, v -> v)
 *     .receive(after(Duration.ofSeconds(2)), t -> { throw new TimeoutException(); })
 *     .await();
 * }</pre>
 *
 * <p>The channels behave as in Go since 1.23. They have no buffer that could be seen: {@code len}
 * and {@code cap} are 0. After {@link Timer#stop} and {@link Timer#reset} no value of before can be
 * received. A timer costs nothing but its own memory while nobody waits on its channel, so one that
 * is dropped is collected, stopped or not; {@code after} in a loop leaks nothing.
 *
 * <p>The values received are the times at which the timer was due, not at which it was received.
 * They are wall clock times, and so not for measuring: the difference of two ticks of one ticker is
 * exact unless the clock was set in between. Go's {@code time.Time} carries a monotonic reading
 * beside the wall clock; {@link Instant} does not.
 *
 * <p>Durations are measured by {@link System#nanoTime}. Zero and negative ones are due at once;
 * huge ones saturate at some 146 years. A timer is never early. How late it is depends on the
 * operating system: some 0.1 ms on a quiet Linux machine, to which the scheduler adds.
 *
 * <p>One daemon thread waits for all timers. No code of the user runs on it.
 *
 * <p>Go counterpart: src/time/sleep.go and src/time/tick.go.
 */
public final class Time {

  private Time() {}

  /**
   * A channel that gives the time, once, when the duration has passed. Go: {@code time.After(d)}.
   *
   * <p>Is {@code newTimer(d).c()}.
   *
   * <p>Memory: what happens before this call happens before the receive.
   *
   * @param d how long from now
   * @return a receive-only channel, which is never closed
   */
  public static ReceiveChannel<Instant> after(Duration d) {
    return newTimer(d).c();
  }

  /**
   * A channel that gives the time again and again. Go: {@code time.Tick(d)}.
   *
   * <p>Is {@code newTicker(d).c()}, for tickers that need no stop: one that is dropped is
   * collected.
   *
   * @param d the period
   * @return a receive-only channel, which is never closed; as in Go the nil channel if the period
   *     is not positive
   */
  public static ReceiveChannel<Instant> tick(Duration d) {
    return d.isPositive() ? newTicker(d).c() : Channel.nil();
  }

  /**
   * Makes a timer whose channel gives the time when the duration has passed. Go: {@code
   * time.NewTimer(d)}.
   *
   * @param d how long from now
   * @return a timer that is set
   */
  public static Timer newTimer(Duration d) {
    TimerClock clock = Clocks.current();
    return new Timer(clock, new TimerChannel(clock, due(clock, d), 0), null);
  }

  /**
   * Runs a function in a goroutine of its own when the duration has passed. Go: {@code
   * time.AfterFunc(d, f)}.
   *
   * <p>The goroutine belongs to the {@link Program} of the caller. A slow function holds up nothing
   * else.
   *
   * <p>Memory: what happens before this call, or before the {@link Timer#reset} that counts,
   * happens before the function.
   *
   * @param d how long from now
   * @param f what to run
   * @return a timer that is set, to stop or reset it by; its channel is the nil channel
   */
  public static Timer afterFunc(Duration d, Body f) {
    Objects.requireNonNull(f, "f");
    TimerClock clock = Clocks.current();
    Program program = Program.current();
    // By way of a thread of our own: the program's thread factory may be the user's code.
    FuncTimer timer = new FuncTimer(clock, () -> Thread.startVirtualThread(() -> program.go(f)));
    timer.reset(due(clock, d));
    return new Timer(clock, null, timer);
  }

  /**
   * Makes a ticker, whose channel gives the time every period. Go: {@code time.NewTicker(d)}.
   *
   * @param d the period, also the time to the first tick
   * @return a ticker that is set
   * @throws IllegalArgumentException with the message {@code "non-positive interval for NewTicker"}
   */
  public static Ticker newTicker(Duration d) {
    if (!d.isPositive()) {
      throw new IllegalArgumentException("non-positive interval for NewTicker");
    }
    TimerClock clock = Clocks.current();
    return new Ticker(clock, new TimerChannel(clock, due(clock, d), ChannelBase.nanos(d)));
  }

  /**
   * Waits for a time. Go: {@code time.Sleep(d)}.
   *
   * <p>Zero and negative durations return at once. Interruption: if the thread is interrupted on
   * entry or while it waits, the call throws.
   *
   * @param d how long
   * @throws InterruptedException if interrupted before the time has passed
   */
  public static void sleep(Duration d) throws InterruptedException {
    TimerClock clock = Clocks.current();
    if (clock != SystemClock.INSTANCE) {
      Instant unused = new TimerChannel(clock, due(clock, d), 0).receive();
    } else if (Parker.awaitNothing(WaitReason.SLEEP, true, due(clock, d)) == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
  }

  static long due(TimerClock clock, Duration d) {
    return clock.nanoTime() + ChannelBase.nanos(d);
  }
}
