package io.channel4j.test;

import io.channel4j.internal.Seam;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Holds threads up at random, so that rare schedules come up: between the steps inside channel
 * operations and selects, and wherever a test calls {@link #point}.
 *
 * <p>The steps inside need the system property {@code io.channel4j.seam=true} when the JVM starts;
 * without it they cost nothing and cannot be held up. A hold-up is mostly none, else a spin, a
 * yield, or a sleep of at most 50 microseconds; it never changes what an operation may answer.
 *
 * <p>The seed decides the sequence of hold-ups, but not which thread meets which of them: the
 * schedule remains the machine's. So a seed repeats a mix, not a failure; run it many times.
 *
 * {@snippet :
 * try (Jitter jitter = Jitter.start(42)) {
 *   runTheCodeUnderTest();
 * }
 * }
 *
 * <p>One jitter runs in a JVM at a time. Its methods may be called by any thread.
 */
public final class Jitter implements AutoCloseable {
  /*
   * The i-th hold-up is a hash of seed and i. Threads share the counter, which is a place of
   * contention and so moves threads a little also where it holds none up.
   */
  private static final AtomicReference<@Nullable Jitter> running = new AtomicReference<>();
  private static final long SLEEP_NANOS = 50_000;

  private final long seed;
  private final AtomicLong points = new AtomicLong();

  private Jitter(long seed) {
    this.seed = seed;
  }

  /**
   * Whether this JVM was started so that {@link #start} can work.
   *
   * @return whether {@code io.channel4j.seam} was true
   */
  public static boolean isAvailable() {
    return Seam.ON;
  }

  /**
   * Starts to hold threads up, with a random seed.
   *
   * @return the jitter, to be closed
   * @throws IllegalStateException as {@link #start(long)}
   */
  public static Jitter start() {
    return start(ThreadLocalRandom.current().nextLong());
  }

  /**
   * Starts to hold threads up.
   *
   * @param seed of the hold-ups
   * @return the jitter, to be closed
   * @throws IllegalStateException with the message {@code "start the JVM with
   *     -Dio.channel4j.seam=true"}, or {@code "a jitter runs already: close it first"}
   */
  public static Jitter start(long seed) {
    var jitter = new Jitter(seed);
    if (!Seam.ON) {
      throw new IllegalStateException("start the JVM with -Dio.channel4j.seam=true");
    }
    if (!running.compareAndSet(null, jitter)) {
      throw new IllegalStateException("a jitter runs already: close it first");
    }
    Seam.hook(step -> jitter.point());
    return jitter;
  }

  /**
   * The seed, to be told when a test fails.
   *
   * @return the seed
   */
  public long seed() {
    return seed;
  }

  /**
   * How many times a thread came to a point, held up or not. A test that jitters asserts that this
   * is more than 0 at its end.
   *
   * @return the number of points so far
   */
  public long points() {
    return points.get();
  }

  /** Holds the calling thread up, perhaps. Leaves the interrupt status as it is. */
  @SuppressWarnings("ThreadPriorityCheck") // others shall come in between
  public void point() {
    long i = points.getAndIncrement();
    int r = new SplittableRandom(seed + i * 0x9E3779B97F4A7C15L).nextInt(256);
    if (r < 3) {
      LockSupport.parkNanos(SLEEP_NANOS >> (r * 2));
    } else if (r < 24) {
      Thread.yield();
    } else if (r < 90) {
      for (int n = r * 3; n > 0; n--) {
        Thread.onSpinWait();
      }
    }
  }

  /** Stops holding threads up. Does nothing if it was closed before. */
  @Override
  public void close() {
    if (running.get() == this) {
      Seam.hook(null);
      running.set(null);
    }
  }

  @Override
  public String toString() {
    return "Jitter[seed=" + seed + ", points=" + points + "]";
  }
}
