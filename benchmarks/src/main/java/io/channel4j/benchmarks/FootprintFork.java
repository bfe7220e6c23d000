package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Contender.Wait;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jol.info.GraphLayout;

/**
 * The process that weighs one contender. It writes a line for each figure:
 *
 * <pre>{@code #bytes row figure}</pre>
 *
 * <p>A channel weighs what one more of them adds to the graph of objects (JOL), so what all
 * channels share counts for none. A waiting thread weighs what 100,000 of them add to the heap
 * after a collection, divided: its stack, its place at the channel, its select.
 */
public final class FootprintFork {
  private static final int CHANNELS = 11;
  private static final List<Object> KEPT = new ArrayList<>();
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

  private FootprintFork() {}

  /** Arguments: the contender, the number of threads that wait, seconds for the watchdog. */
  public static void main(String[] args) {
    try {
      var watchdog = new Watchdog(Integer.parseInt(args[2]));
      var contender = Contenders.make(args[0]);
      for (int capacity : Footprint.CAPACITIES) {
        say(Footprint.row(capacity), channel(contender, capacity));
      }
      for (Wait wait : Wait.values()) {
        if (contender.supports(wait)) {
          watchdog.watch(Footprint.row(wait));
          say(Footprint.row(wait), parked(contender, Integer.parseInt(args[1]), wait));
        }
      }
      System.exit(0); // whatever threads a library keeps
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  static double channel(Contender contender, int capacity) {
    List<Object> channels = new ArrayList<>();
    for (int i = 0; i < CHANNELS; i++) {
      channels.add(contender.channel(capacity));
    }
    long all = GraphLayout.parseInstance(channels.toArray()).totalSize();
    long one = GraphLayout.parseInstance(channels.getFirst()).totalSize();
    return (double) (all - one) / (CHANNELS - 1);
  }

  private static double parked(Contender contender, int count, Wait wait) throws Exception {
    KEPT.add(contender.park(count, wait)); // frames of compiled code are smaller
    long before = used();
    KEPT.add(contender.park(count, wait));
    return (double) (used() - before) / count;
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50); // for cleaners and reference handlers, which free more
    }
    return MEMORY.getHeapMemoryUsage().getUsed();
  }

  private static void say(String row, double bytes) {
    System.out.println(String.format(Locale.ROOT, "#bytes %s %.1f", row, bytes));
    System.out.flush();
  }
}
