package io.channel4j.conformance;

import io.channel4j.conformance.support.Goroutines;
import io.channel4j.internal.Seam;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stops threads between two steps of an operation, as an operating system may, and lets them go on.
 * Needs the system property {@code io.channel4j.seam}.
 */
final class Stops implements AutoCloseable {
  private final Goroutines goroutines;
  private final Map<Thread, Stop> stops = new ConcurrentHashMap<>();

  Stops(Goroutines goroutines) {
    this.goroutines = goroutines;
    Seam.hook(this::at);
  }

  /** A thread to be stopped at a step, the first time that it comes there. */
  static final class Stop {
    private final String step;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private @Nullable Thread thread;

    private Stop(String step) {
      this.step = step;
    }

    void goOn() {
      goOn.countDown();
    }

    boolean isReached() {
      return reached.getCount() == 0;
    }

    /** Null if never reached. */
    @Nullable Thread thread() {
      return thread;
    }
  }

  /** Starts a goroutine that will be stopped at the step, and waits until it is there. */
  Stop stop(String step, Goroutines.Body body) {
    Stop stop = new Stop(step);
    Thread unused =
        goroutines.go(
            () -> {
              stops.put(Thread.currentThread(), stop);
              stop.thread = Thread.currentThread();
              body.run();
            });
    goroutines.until("a thread to stop at " + step, stop::isReached);
    return stop;
  }

  /** Lets a stopped thread go on as far as another step. */
  Stop then(Stop stop, String step) {
    Stop next = new Stop(step);
    next.thread = stop.thread;
    stops.values().removeIf(s -> s == stop);
    stops.put(Objects.requireNonNull(next.thread), next);
    stop.goOn();
    goroutines.until("a thread to stop at " + step, next::isReached);
    return next;
  }

  private void at(String step) {
    Stop stop = stops.get(Thread.currentThread());
    if (stop == null || !stop.step.equals(step) || stop.isReached()) {
      return;
    }
    stop.reached.countDown();
    boolean interrupted = false;
    while (true) {
      try {
        stop.goOn.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Seam.hook(null);
    stops.values().forEach(Stop::goOn);
  }
}
