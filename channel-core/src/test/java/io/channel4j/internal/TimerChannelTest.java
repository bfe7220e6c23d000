package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerChannelTest {
  private static final long DUE = 1_000;

  /** A clock that stands still until somebody has set an alarm, and never calls anybody. */
  private static final class Clock implements TimerClock {
    private volatile long now;

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
      now = due;
      return alarm;
    }

    @Override
    public void cancel(Object handle) {}
  }

  /** It became due while the receiver waited, and the alarm was late. */
  @Test
  void timeoutDoesNotWinAgainstDueTimer() throws InterruptedException {
    var timer = new TimerChannel(new Clock(), DUE, 0);
    var received = timer.tryReceive(Duration.ofMillis(20));
    assertTrue(received.isReady());
    assertEquals(Instant.ofEpochSecond(0, DUE), received.value());
  }
}
