package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {
  private final AtomicLong now = new AtomicLong();
  private final Deadline deadline = new Deadline(0, TimeUnit.SECONDS.toNanos(305), now::get);

  private void passSeconds(int seconds) {
    now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void theForksOfARoundShareWhatIsLeft() {
    assertEquals(60_000, deadline.shareMillis(5));
    passSeconds(100); // the first took longer
    assertEquals(50_000, deadline.shareMillis(4));
    passSeconds(300);
    assertEquals(1, deadline.shareMillis(1)); // 0 would be no limit
  }

  @Test
  void anotherRoundMustFit() {
    passSeconds(140);
    assertTrue(deadline.fits(2));
    passSeconds(15);
    assertFalse(deadline.fits(2));
  }

  @Test
  void withoutAnEndEverythingFits() {
    assertTrue(Deadline.none().fits(1_000));
    assertEquals(0, Deadline.none().shareMillis(1));
  }
}
