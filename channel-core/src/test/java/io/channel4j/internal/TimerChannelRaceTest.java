package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Two threads do something with one timer at the same moment: with many timers, side by side. */
class TimerChannelRaceTest {
  private static final int MANY = 1_000;
  private static final int ROUNDS = 20;
  private static final long DUE = 1_000;

  private final SideBySide race = new SideBySide();
  private final Clock[] clocks = new Clock[MANY];
  private final TimerChannel[] timers = new TimerChannel[MANY];
  private final Claim[] ones = new Claim[MANY];
  private final Claim[] others = new Claim[MANY];

  /** Counts alarms, and rings none. */
  private static final class Clock extends StandingClock {
    private final AtomicInteger alarms = new AtomicInteger();

    @Override
    public Object schedule(Runnable alarm, long due) {
      alarms.incrementAndGet();
      return alarm;
    }

    @Override
    public void cancel(Object handle) {
      alarms.decrementAndGet();
    }
  }

  private void race(Runnable prepare, IntPredicate one, IntPredicate other, SideBySide.Check check)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(clocks, i -> new Clock());
      Arrays.setAll(timers, i -> new TimerChannel(clocks[i], DUE, 0));
      Arrays.setAll(ones, i -> new Claim());
      Arrays.setAll(others, i -> new Claim());
      prepare.run();
      race.run(MANY, one, other, check);
    }
  }

  private boolean lineUp(int i, Claim claim) {
    Waiter w = timers[i].lendReceiver(claim, claim.open(Thread.currentThread()), 0);
    return timers[i].enqueueReceiver(w);
  }

  private void makeDue() {
    for (Clock c : clocks) {
      c.now = DUE;
    }
  }

  private boolean receive(int i) {
    return timers[i].poll(false) instanceof Instant;
  }

  @Test
  void oneOfTwoReceives() throws Exception {
    race(this::makeDue, this::receive, this::receive, (i, one, other) -> one != other);
  }

  @Test
  void oneOfTwoWaitersIsServed() throws Exception {
    race(
        () -> {
          for (int i = 0; i < MANY; i++) {
            assertTrue(lineUp(i, ones[i]));
            assertTrue(lineUp(i, others[i]));
          }
          makeDue();
        },
        this::receive,
        this::receive,
        (i, one, other) -> !one && !other && ones[i].isDone() && !others[i].isDone());
  }

  @Test
  void twoWhoLineUpSetOneAlarm() throws Exception {
    race(
        () -> {},
        i -> lineUp(i, ones[i]),
        i -> lineUp(i, others[i]),
        (i, one, other) -> one && other && clocks[i].alarms.get() == 1);
  }

  /** A timer that is set, and waited for, has an alarm; and none has two. */
  @Test
  void whoWaitsForWhatIsSetAgainHasAnAlarm() throws Exception {
    for (long due : new long[] {DUE / 2, DUE}) {
      race(
          () -> {
            for (int i = 0; i < MANY; i++) {
              assertTrue(lineUp(i, ones[i]));
            }
          },
          i -> timers[i].stop(),
          i -> timers[i].reset(due, 0),
          (i, stopped, reset) -> {
            int alarms = clocks[i].alarms.get();
            return alarms <= 1 && (alarms == 1 || !timers[i].stop());
          });
    }
  }
}
