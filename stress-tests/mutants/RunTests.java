import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.TagFilter.includeTags;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.Arrays;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs test classes up to the first failure, in the JVM that Mutants starts for each mutant. Says
 * what it does in lines that Mutants reads: RUNS, CAUGHT, PASSED, and STALLED where a test failed
 * during which the whole JVM stood still, so that deadlines have passed without a reason. A JVM
 * that ends without one of the last three, because of a class that is not there for example, has
 * shown nothing.
 */
final class RunTests implements TestExecutionListener {
  private static final long TICK_MILLIS = 500;
  private static final long STALL_NANOS = 4_000_000_000L;

  /** In which the JVM ran: JUnit cannot end a test that does not heed an interrupt. */
  private static final int MAX_TICKS = 2 * Integer.getInteger("max.seconds", 50);

  private int passed;
  private volatile long lastTick = System.nanoTime();
  private volatile boolean stalled;
  private volatile String current = "the start";
  private volatile int ticks;

  /** A tag expression, and the full names of classes. */
  public static void main(String[] args) {
    var request =
        request()
            .selectors(Arrays.stream(args).skip(1).map(name -> selectClass(name)).toList())
            .filters(includeTags(args[0]), (PostDiscoveryFilter) RunTests::isWanted)
            .build();
    var run = new RunTests();
    Thread clock = new Thread(run::watchClock);
    clock.setDaemon(true);
    clock.start();
    LauncherFactory.create().execute(request, run);
    System.out.println("PASSED " + run.passed);
    System.out.flush();
    Runtime.getRuntime().halt(0); // whatever threads are left
  }

  /** One method only, if it is named. */
  private static FilterResult isWanted(TestDescriptor test) {
    String method = System.getProperty("only.method", "");
    boolean other =
        !method.isEmpty()
            && test.getSource().orElse(null) instanceof MethodSource m
            && !m.getMethodName().equals(method);
    return other ? FilterResult.excluded("") : FilterResult.included("");
  }

  private void watchClock() {
    try {
      for (; ; tick()) {
        Thread.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void tick() {
    long now = System.nanoTime();
    stalled |= now - lastTick > STALL_NANOS;
    lastTick = now;
    ticks = ticks + 1; // also from the test's end, which does no harm
    if (ticks > MAX_TICKS) {
      end("CAUGHT " + current + " did not end");
    }
  }

  private static void end(String line) {
    System.out.println("\n" + line);
    System.out.flush();
    Runtime.getRuntime().halt(1); // whatever threads are left
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    if (test.isTest()) {
      stalled = false;
      ticks = 0;
      current = name(test);
      System.out.println("RUNS " + current);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Throwable t = result.getThrowable().orElse(null);
    if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
      passed += test.isTest() ? 1 : 0;
      return;
    }
    String why = t == null ? "" : t.toString().lines().findFirst().orElse("");
    if (t != null) {
      t.printStackTrace();
    }
    tick();
    end((stalled ? "STALLED " : "CAUGHT ") + name(test) + " " + why);
  }

  private static String name(TestIdentifier test) {
    return test.getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast)
        .map(s -> s.getClassName().replaceAll(".*\\.", "") + "." + s.getMethodName())
        .orElse(test.getLegacyReportingName().replaceAll(".*\\.", ""));
  }
}
