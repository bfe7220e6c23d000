package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.ClassNameFilter.excludeClassNamePatterns;
import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;
import static org.junit.platform.launcher.TagFilter.excludeTags;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * The conformance tests many times in a row in one JVM: {@code bin/conformance-repeat}. Not part of
 * the build, as its name does not end in Test.
 *
 * <p>Leaves out the attacks, which have loops and durations of their own, what needs a JVM with
 * seams, and what measures the heap or growth, which another run of the same code does not change.
 */
class RepeatedSuite {
  private static final int TIMES = Integer.getInteger("channel4j.repeat", 1);

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS) // each test of the suite has a deadline of its own
  void passesEveryTime() {
    LauncherDiscoveryRequest suite =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage("io.channel4j.conformance"))
            .filters(
                includeClassNamePatterns(".*Test"),
                excludeClassNamePatterns(".*AttackTest"),
                excludeTags("seam", "heap", "growth"))
            .build();
    long started = System.nanoTime();
    for (int run = 1; run <= TIMES; run++) {
      var listener = new SummaryGeneratingListener();
      LauncherFactory.create().execute(suite, listener);
      TestExecutionSummary summary = listener.getSummary();
      var report = new StringWriter();
      summary.printFailuresTo(new PrintWriter(report), 40);
      assertEquals(0, summary.getTotalFailureCount(), "run " + run + " of " + TIMES + report);
      assertEquals(0, summary.getTestsSkippedCount(), "skipped tests");
      assertTrue(summary.getTestsSucceededCount() > 3_000, "fewer tests than there are");
      System.out.printf(
          "run %d of %d: %d tests passed, %d s so far%n",
          run,
          TIMES,
          summary.getTestsSucceededCount(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started));
    }
  }
}
