package io.channel4j.conformance.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A harness that lets a failure pass would make every other test worthless. */
class GoroutinesTest {

  @ParameterizedTest
  @EnumSource
  void whatAGoroutineThrowsFailsTheTest(ThreadKind kind) {
    var boom = new AssertionError("boom");
    var thrown =
        assertThrowsExactly(
            AssertionError.class,
            () -> {
              try (var g = new Goroutines(kind)) {
                g.go(
                    () -> {
                      throw boom;
                    });
                g.await();
              }
            });
    assertSame(boom, thrown);
    assertFalse(Thread.interrupted(), "the next test in this thread must not be interrupted");
  }

  @ParameterizedTest
  @EnumSource
  void aFailureEndsTheWaitOfTheTestItself(ThreadKind kind) {
    var thrown =
        assertThrowsExactly(
            InterruptedException.class,
            () -> {
              try (var g = new Goroutines(kind)) {
                g.go(
                    () -> {
                      throw new IOException("boom");
                    });
                Channel.make().receive();
              }
            });
    assertEquals("boom", thrown.getSuppressed()[0].getMessage());
    assertFalse(Thread.interrupted());
  }

  @Test
  void anOutcomeThatNobodyAskedForFailsTheTest() {
    assertThrowsExactly(
        IOException.class,
        () -> {
          try (var g = new Goroutines()) {
            var failing =
                g.call(
                    () -> {
                      throw new IOException("boom");
                    });
            g.until("the end", failing::hasEnded);
          }
        });
  }

  @Test
  void anOutcomeCanBeAskedFor() {
    try (var g = new Goroutines()) {
      assertEquals(7, g.call(() -> 7).get());
      var failing =
          g.call(
              () -> {
                throw new IOException("boom");
              });
      assertEquals("boom", failing.thrown(IOException.class).getMessage());
      var other = g.call(() -> 7);
      assertThrowsExactly(AssertionError.class, () -> other.thrown(IOException.class));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHangFailsWithTheStacksOfTheTestsThreads(ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    var thrown =
        assertThrowsExactly(
            AssertionError.class,
            () -> {
              try (var g = new Goroutines(kind, Duration.ofMillis(200))) {
                for (int i = 0; i < 2; i++) {
                  g.go(() -> c.send(1));
                }
                g.await();
              }
            });
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains("2 x WAITING"), message);
    assertTrue(message.contains("ChannelBase.send"), message);
    assertFalse(Thread.interrupted());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsLeftWaitingIsStopped(ThreadKind kind) {
    Channel<Integer> c = Channel.make();
    Thread left;
    try (var g = new Goroutines(kind)) {
      left = g.go(() -> c.send(1));
      g.awaitBlocked(c, 0, 1);
    }
    assertEquals(Thread.State.TERMINATED, join(left));
  }

  @Test
  void anInterruptOfTheTestItselfSurvives() {
    try (var g = new Goroutines()) {
      g.go(() -> {});
      Thread.currentThread().interrupt();
    }
    assertTrue(Thread.interrupted());
  }

  @Test
  void waitingForAThreadThatHasEndedFails() {
    try (var g = new Goroutines()) {
      Thread done = g.go(() -> {});
      g.await();
      join(done);
      assertThrowsExactly(AssertionError.class, () -> g.awaitParked(done));
      Thread parked = g.go(LockSupport::park);
      g.awaitParked(parked);
      LockSupport.unpark(parked);
    }
  }

  private static Thread.State join(Thread t) {
    try {
      t.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return t.getState();
  }
}
