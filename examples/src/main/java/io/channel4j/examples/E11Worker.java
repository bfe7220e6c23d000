package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An object that owns its goroutine: it starts it, tells it to stop, and waits until it has.
 *
 * <p>Whoever starts a goroutine knows how it ends. For a class this means a close() that may be
 * called twice and from anywhere, and after which nothing of it runs any more.
 */
public final class E11Worker {
  private E11Worker() {}

  /** Gives a worker three jobs, stops it twice, and tries one job more. */
  public static void main(String[] args) throws InterruptedException {
    var worker = new Worker();
    try (worker) {
      for (int i = 1; i <= 3; i++) {
        worker.submit("job " + i);
      }
    }
    worker.close();
    System.out.println("one job more: " + worker.submit("job 4"));
  }

  private static final class Worker implements AutoCloseable {
    private final Channel<String> jobs = Channel.make();
    private final Channel<Void> stop = Channel.make(); // closed to ask it to end
    private final Channel<Void> done = Channel.make(); // closed when it has ended
    private final AtomicBoolean stopping = new AtomicBoolean(); // a second close would panic

    /** Starts. The goroutine is no secret: the caller asked for a worker. */
    Worker() {
      go("worker", this::run);
    }

    /** True if the worker has taken the job: then it will be done. */
    boolean submit(String job) throws InterruptedException {
      return Select.<Boolean>of().send(jobs, job, () -> true).receive(done, () -> false).await();
    }

    /** Asks the worker to stop, and waits until it has. */
    @Override
    public void close() {
      if (stopping.compareAndSet(false, true)) {
        stop.close();
      }
      try {
        await();
      } catch (InterruptedException e) { // as ExecutorService.close() does
        Thread.currentThread().interrupt();
      }
    }

    /** Waits for the end, without asking for it. */
    void await() throws InterruptedException {
      done.receive();
    }

    private void run() throws InterruptedException {
      try {
        work(jobs, stop);
      } finally { // Go: defer close(done)
        System.out.println("cleaned up");
        done.close();
      }
    }

    private static void work(ReceiveChannel<String> jobs, ReceiveChannel<Void> stop)
        throws InterruptedException {
      var select = Select.loop();
      var job = select.receive(jobs);
      var stopped = select.receive(stop);
      while (select.await() != stopped) {
        System.out.println(job.value());
      }
    }
  }
}
