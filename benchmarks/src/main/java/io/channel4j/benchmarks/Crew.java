package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/** The virtual threads of one batch: started together, timed together, failing together. */
public final class Crew {

  /** What a member does. */
  @FunctionalInterface
  public interface Work {
    /** Does it, and throws if the result is wrong. */
    void run() throws Exception;
  }

  private final List<Work> members = new ArrayList<>();

  /** Adds a member; it starts with the others in {@link #run}. */
  public void add(Work work) {
    members.add(work);
  }

  /**
   * Runs all members to their end. They are started by a virtual thread, as a goroutine starts
   * goroutines; on failure the others may stay blocked, so the process is of no use any more.
   */
  public long run() throws Exception {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    var running = new CountDownLatch(members.size());
    var elapsed = new long[1];
    Thread.ofVirtual()
        .start(
            () -> {
              long start = System.nanoTime();
              for (Work work : members) {
                Thread.ofVirtual().start(() -> execute(work, running, failures));
              }
              try {
                running.await();
              } catch (InterruptedException e) {
                failures.add(e);
              }
              elapsed[0] = System.nanoTime() - start;
            })
        .join();
    if (!failures.isEmpty()) {
      throw new ExecutionException(failures.remove());
    }
    return elapsed[0];
  }

  private static void execute(Work work, CountDownLatch running, Queue<Throwable> failures) {
    try {
      work.run();
      running.countDown();
    } catch (Throwable e) {
      failures.add(e);
      while (running.getCount() > 0) { // the others may never end
        running.countDown();
      }
    }
  }
}
