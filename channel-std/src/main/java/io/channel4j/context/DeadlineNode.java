package io.channel4j.context;

import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.TimerClock;
import io.channel4j.time.internal.Clocks;
import io.channel4j.time.internal.FuncTimer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A context that ends at a time. Go: {@code timerCtx}. */
final class DeadlineNode extends CancelNode implements CancelContext {

  private final TimerClock clock;
  private final Instant deadline;

  /** Stopped by the end, which may come before it is started: then start stops it again. */
  private final FuncTimer timer;

  private DeadlineNode(
      Context parent, TimerClock clock, Instant deadline, @Nullable Throwable cause) {
    super(parent);
    this.clock = clock;
    this.deadline = deadline;
    // In a thread of its own: the tree below may be large.
    this.timer =
        new FuncTimer(clock, () -> Thread.startVirtualThread(() -> end(DEADLINE_EXCEEDED, cause)));
  }

  static CancelContext at(Context parent, Instant deadline, @Nullable Throwable cause) {
    TimerClock clock = Clocks.current();
    return of(parent, clock, deadline, until(clock, deadline), cause);
  }

  static CancelContext in(Context parent, Duration timeout, @Nullable Throwable cause) {
    TimerClock clock = Clocks.current();
    Instant now = Clocks.now(clock);
    // Instant.MAX is further from now than any number of seconds that fits is
    Instant deadline =
        timeout.compareTo(Duration.between(now, Instant.MAX)) >= 0
            ? Instant.MAX
            : timeout.compareTo(Duration.between(now, Instant.MIN)) <= 0
                ? Instant.MIN
                : now.plus(timeout);
    return of(parent, clock, deadline, timeout, cause);
  }

  private static Duration until(TimerClock clock, Instant deadline) {
    return Duration.between(Clocks.now(clock), deadline);
  }

  private static CancelContext of(
      Context parent,
      TimerClock clock,
      Instant deadline,
      Duration left,
      @Nullable Throwable cause) {
    Instant earlier = parent.deadline();
    if (earlier != null && earlier.isBefore(deadline)) {
      return new Plain(parent);
    }
    DeadlineNode node = new DeadlineNode(parent, clock, deadline, cause);
    node.attach();
    if (left.isPositive()) {
      node.timer.reset(clock.nanoTime() + ChannelBase.nanos(left));
      if (node.err() != null) {
        node.timer.stop();
      }
    } else {
      node.end(DEADLINE_EXCEEDED, cause);
    }
    return node;
  }

  @Override
  public void cancel() {
    end(CANCELED, null);
  }

  @Override
  @Nullable Runnable hook() {
    return timer::stop;
  }

  @Override
  boolean decidesDeadline() {
    return true;
  }

  @Override
  @Nullable Instant ownDeadline() {
    return deadline;
  }

  @Override
  String suffix() {
    return ".WithDeadline(" + deadline + " [" + until(clock, deadline) + "])";
  }
}
