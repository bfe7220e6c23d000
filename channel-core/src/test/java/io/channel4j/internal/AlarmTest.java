package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlarmTest {
  private final Alarm alarm = new Alarm(1, a -> {});
  private final List<Object> cancelled = new ArrayList<>();
  private Runnable whileScheduling = () -> {};

  private final TimerClock clock =
      new TimerClock() {
        @Override
        public long nanoTime() {
          return 0;
        }

        @Override
        public Instant instantAt(long nanos) {
          return Instant.EPOCH;
        }

        @Override
        public Object schedule(Runnable a, long due) {
          whileScheduling.run();
          return "handle";
        }

        @Override
        public void cancel(Object handle) {
          cancelled.add(handle);
        }
      };

  @Test
  void clockForgetsWhatIsCalledOff() {
    alarm.start(clock);
    assertEquals(List.of(), cancelled);
    alarm.cancel(clock);
    alarm.cancel(clock);
    assertEquals(List.of("handle"), cancelled);
  }

  @Test
  void clockForgetsWhatIsCalledOffWhileItStarts() {
    whileScheduling = () -> alarm.cancel(clock);
    alarm.start(clock);
    assertEquals(List.of("handle"), cancelled);
  }

  @Test
  void clockForgetsWhatIsCalledOffBeforeItStarts() {
    alarm.cancel(clock);
    alarm.start(clock);
    assertEquals(List.of("handle"), cancelled);
  }
}
