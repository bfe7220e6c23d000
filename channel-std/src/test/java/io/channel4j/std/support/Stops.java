package io.channel4j.std.support;

import static io.channel4j.go.Go.go;

import io.channel4j.go.Body;
import io.channel4j.go.Goroutine;
import io.channel4j.internal.Seam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Stops goroutines between two steps of an operation, as an operating system may, and lets them go
 * on. Needs the system property {@code io.channel4j.seam}.
 */
public final class Stops implements AutoCloseable {
  private final Map<Thread, Stop> stops = new ConcurrentHashMap<>();

  public Stops() {
    Seam.hook(this::at);
  }

  /** A goroutine that is stopped at a step, the first time that it comes there. */
  public static final class Stop {
    private final String step;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    private Stop(String step) {
      this.step = step;
    }

    private boolean isReached() {
      return reached.getCount() == 0;
    }
  }

  /** Starts a goroutine, and waits until it is stopped at the step. */
  public Stop stop(String step, Body body) throws InterruptedException {
    Stop stop = new Stop(step);
    Goroutine g =
        go(
            () -> {
              stops.put(Thread.currentThread(), stop);
              body.run();
            });
    Until.holds(
        () -> {
          if (!stop.isReached() && g.state().equals("dead")) {
            throw new AssertionError("ended without a step " + step);
          }
          return stop.isReached();
        });
    return stop;
  }

  /** Lets it go on. */
  public void goOn(Stop stop) {
    stop.goOn.countDown();
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
        interrupted = true; // the system would not let it go on either
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    Seam.hook(null);
    stops.values().forEach(this::goOn);
  }
}
