package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimerChannelTest {
  private static final long DUE = 1_000;

  /** A clock that goes to when the alarm is due, as soon as somebody has set one. */
  private static final class Clock extends StandingClock {
    @Override
    public Object schedule(Runnable alarm, long due) {
      now = due;
      return alarm;
    }
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
