package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import io.channel4j.sync.WaitGroup;
import java.util.Random;

/**
 * Two workers, six tasks, and a task that fails does not take its worker along.
 *
 * <p>The tasks are handed over without a buffer: when main has sent the last one, all of them have
 * a worker. So main may close done then, and no task is lost.
 */
public final class E27WorkerPool {
  private static final int WORKERS = 2;
  private static final int TASKS = WORKERS * 3;

  private final Channel<String> tasks = Channel.make();
  private final Channel<Void> done = Channel.make();
  private final Random random;

  private E27WorkerPool(Random random) {
    this.random = random;
  }

  /** The argument, if any: a seed for the random failures. */
  public static void main(String[] args) throws InterruptedException {
    var random = args.length > 0 ? new Random(Long.parseLong(args[0])) : new Random();
    new E27WorkerPool(random).run();
  }

  // snippet:run
  private void run() throws InterruptedException {
    var wg = new WaitGroup();
    for (int i = 0; i < WORKERS; i++) {
      int worker = i;
      wg.go(() -> work(worker, tasks, done));
    }
    for (int i = 0; i < TASKS; i++) {
      tasks.send("task " + i);
    }
    done.close(); // who waits for a task ends now, who works on one ends after it
    wg.await();
    System.out.println("all done!");
  }

  // end:run

  // snippet:work
  private void work(int worker, ReceiveChannel<String> tasks, ReceiveChannel<Void> done)
      throws InterruptedException {
    System.out.println("[worker " + worker + "] is running");
    var select = Select.loop();
    var task = select.receive(tasks);
    var exit = select.receive(done);
    while (select.await() != exit) {
      String name = "[worker " + worker + "] " + task.value() + ": ";
      safely(
          name,
          () -> {
            if (random.nextBoolean()) {
              throw new IllegalStateException("some error");
            }
            System.out.println(name + "complete");
          });
    }
    System.out.println("[worker " + worker + "] is being told to exit");
  }

  // end:work

  /** Go: a deferred {@code recover()}. */
  private static void safely(String name, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      System.out.println(name + e.getMessage());
    }
  }
}
