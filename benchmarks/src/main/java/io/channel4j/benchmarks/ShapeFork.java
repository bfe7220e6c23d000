package io.channel4j.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * The process that measures one contender, so that nobody profits from, or pays for, what another
 * one's code taught the compiler. It speaks to {@link ShapeRunner} in lines on stdout:
 *
 * <pre>{@code
 * #begin shape
 * #warm nanos                           one warm-up batch has ended
 * #batch nanos operations bytes         one measured batch has ended
 * #end shape
 * #skip shape                           the contender cannot run it
 * #late shape                           there is no time left for it
 * }</pre>
 *
 * go/main.go takes the same arguments, without the first, and speaks the same lines.
 */
public final class ShapeFork {
  private static final int FIRST_WARM_UP_NANOS = 1_000_000_000;

  private final Contender contender;
  private final Plan plan;
  private final Watchdog watchdog;
  private final ThreadMXBean threads =
      (ThreadMXBean) ManagementFactory.getPlatformMXBean(java.lang.management.ThreadMXBean.class);
  private boolean warm;

  private ShapeFork(Contender contender, Plan plan, Watchdog watchdog) {
    this.contender = contender;
    this.plan = plan;
    this.watchdog = watchdog;
  }

  /**
   * How long to warm up and to measure.
   *
   * @param warmMillis warm-up batches are run until this time has passed, and at least one
   * @param batches how many batches are measured
   * @param limitMillis after this time no further batch is begun
   * @param watchdogSeconds the longest that one batch may take
   * @param budgetMillis no further shape is begun after this time; 0 for no limit
   */
  record Plan(int warmMillis, int batches, int limitMillis, int watchdogSeconds, int budgetMillis) {

    Plan withBudget(long millis) {
      return new Plan(warmMillis, batches, limitMillis, watchdogSeconds, Math.toIntExact(millis));
    }

    List<String> arguments() {
      return List.of(
          Integer.toString(warmMillis),
          Integer.toString(batches),
          Integer.toString(limitMillis),
          Integer.toString(watchdogSeconds),
          Integer.toString(budgetMillis));
    }

    static Plan parse(String[] args, int from) {
      return new Plan(
          Integer.parseInt(args[from]),
          Integer.parseInt(args[from + 1]),
          Integer.parseInt(args[from + 2]),
          Integer.parseInt(args[from + 3]),
          Integer.parseInt(args[from + 4]));
    }
  }

  /** Arguments: the contender, the five numbers of the plan, the shapes' specs with commas. */
  public static void main(String[] args) {
    try {
      var plan = Plan.parse(args, 1);
      var fork =
          new ShapeFork(Contenders.make(args[0]), plan, new Watchdog(plan.watchdogSeconds()));
      long start = System.nanoTime();
      for (String spec : args[6].split(",")) {
        var shape = Shape.parse(spec);
        if (plan.budgetMillis() > 0 && isPast(start, plan.budgetMillis() * 1_000_000L)) {
          say("#late %s", shape.id());
        } else {
          fork.measure(shape);
        }
      }
      System.exit(0); // whatever threads a library keeps
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1); // other threads of the shape may be blocked for ever
    }
  }

  private void measure(Shape shape) throws Exception {
    if (!contender.supports(shape)) {
      say("#skip %s", shape.id());
      return;
    }
    say("#begin %s", shape.id());
    System.gc(); // what the shape before has left behind is not this one's to collect
    warmUp(shape);
    long start = System.nanoTime();
    for (int i = 0; i < plan.batches() && !isPast(start, plan.limitMillis() * 1_000_000L); i++) {
      watchdog.watch(shape.id());
      long bytes = threads.getTotalThreadAllocatedBytes();
      long nanos = contender.run(shape);
      bytes = threads.getTotalThreadAllocatedBytes() - bytes;
      say("#batch %d %d %d", nanos, shape.operations(), bytes);
    }
    say("#end %s", shape.id());
  }

  private void warmUp(Shape shape) throws Exception {
    long start = System.nanoTime();
    long enough = plan.warmMillis() * 1_000_000L + (warm ? 0 : FIRST_WARM_UP_NANOS);
    do {
      watchdog.watch(shape.id() + " (warm-up)");
      say("#warm %d", contender.run(shape));
    } while (!isPast(start, enough));
    warm = true;
  }

  private static boolean isPast(long start, long nanos) {
    return System.nanoTime() - start >= nanos;
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
    System.out.flush();
  }
}
