package io.channel4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** Runs Lincheck, says how much it has run, and fails where that is nothing. */
final class Lincheck {
  /** How many times longer than in every build; see -Pstress. */
  private static final int LONGER = Integer.getInteger("channel4j.lincheck.times", 1);

  private static final int SCENARIOS = 15 * LONGER;
  private static final int SAMPLES = 1_000;
  private static final int SCHEDULES = 100;

  private Lincheck() {}

  /** Threads of the operating system, as they come: every invocation is a sample. */
  static void stress(Class<?> operations, Class<?> specification) {
    check(
        "stress", new StressOptions().invocationsPerIteration(SAMPLES), operations, specification);
  }

  /**
   * One thread at a time, switched at every access to shared memory: every one is another schedule.
   */
  static void model(Class<?> operations, Class<?> specification) {
    check(
        "model",
        new ModelCheckingOptions().invocationsPerIteration(SCHEDULES),
        operations,
        specification);
  }

  /** Three threads of two operations each, after and before some more. */
  private static <O extends Options<O, ?>> O configured(O options, Class<?> specification) {
    return options
        .iterations(SCENARIOS)
        .threads(3)
        .actorsPerThread(2)
        .actorsBefore(2)
        .actorsAfter(2)
        .verifier(CountingVerifier.class)
        .sequentialSpecification(specification);
  }

  private static <O extends Options<O, ?>> void check(
      String kind, O options, Class<?> operations, Class<?> specification) {
    CountingVerifier.reset();
    long start = System.nanoTime();
    configured(options, specification).check(operations);
    report(kind + " " + operations.getSimpleName(), start, CountingVerifier.executions());
    assertEquals(SCENARIOS, CountingVerifier.scenarios(), "scenarios");
    assertTrue(CountingVerifier.executions() >= 10L * SCENARIOS, "executions");
  }

  /** That Lincheck finds a fault; it is told not to look for the shortest scenario. */
  static void findsFault(Class<?> operations, Class<?> specification) {
    var options =
        configured(new ModelCheckingOptions(), specification)
            .iterations(100)
            .invocationsPerIteration(SCHEDULES);
    assertThrows(
        LincheckAssertionError.class,
        () -> options.minimizeFailedScenario(false).check(operations));
  }

  /** Goes through the schedules of one program of several threads, up to a number of them. */
  static void program(String name, int schedules, Runnable program) {
    var ran = new AtomicLong();
    long start = System.nanoTime();
    org.jetbrains.lincheck.Lincheck.runConcurrentTest(
        schedules * LONGER,
        () -> {
          ran.incrementAndGet();
          program.run();
        });
    report("program " + name, start, ran.get());
    assertTrue(ran.get() > 10, "only " + ran + " schedules of " + name);
  }

  private static void report(String what, long start, long executions) {
    System.out.printf(
        "lincheck: %-44s %,9d executions, %.1f s%n",
        what, executions, (System.nanoTime() - start) / 1e9);
  }
}
