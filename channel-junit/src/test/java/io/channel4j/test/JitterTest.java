package io.channel4j.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JitterTest {
  @Test
  void withoutTheSeamItSaysHowToStart() {
    assertFalse(Jitter.isAvailable());
    var e = assertThrows(IllegalStateException.class, () -> Jitter.start(1));
    assertEquals("start the JVM with -Dio.channel4j.seam=true", e.getMessage());
  }

  @Test
  @Tag("seam")
  void stepsInsideOperationsAreItsPoints() throws InterruptedException {
    Channel<Integer> ch = Channel.make(1);
    Jitter jitter = Jitter.start(42);
    try (jitter;
        var watchdog = new Watchdog(Duration.ofSeconds(30))) {
      assertEquals(42, jitter.seed());
      watchdog.go(
          "sender",
          () -> {
            for (int i = 0; i < 1_000; i++) {
              ch.send(i);
            }
          });
      for (int i = 0; i < 1_000; i++) {
        assertEquals(i, ch.receive());
      }
      watchdog.await();
    }
    long points = jitter.points();
    assertTrue(points >= 2_000, jitter::toString);
    ch.send(1);
    assertEquals(points, jitter.points());
  }

  @Test
  @Tag("seam")
  void oneRunsAtATime() {
    try (var jitter = Jitter.start()) {
      assertTrue(jitter.points() >= 0);
      assertThrows(IllegalStateException.class, Jitter::start);
    }
    Jitter.start().close();
  }

  @Test
  @Tag("seam")
  void anInterruptSurvivesAPoint() {
    try (var jitter = Jitter.start()) {
      Thread.currentThread().interrupt();
      for (int i = 0; i < 1_000; i++) {
        jitter.point();
      }
      assertTrue(Thread.interrupted());
    }
  }
}
