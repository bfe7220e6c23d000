package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.sync.WaitGroup;
import io.channel4j.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Disk usage of directories, one virtual thread each; Enter cancels. Go: gopl.io/ch8/du4.
 *
 * <p>Differs from Go's: the end of standard input does not cancel, so that it also works where
 * nobody can press Enter.
 */
public final class E07Du4 {
  private final Channel<Void> done = Channel.make(); // closed to cancel
  private final Channel<Void> sema = Channel.make(20); // limits the directories being read
  private final Channel<Long> fileSizes = Channel.make(0, 0L);
  private final WaitGroup walkers = new WaitGroup();

  private long files;
  private long bytes;

  private E07Du4() {}

  /** Walks the directories given, else the working directory. */
  public static void main(String[] args) throws InterruptedException {
    new E07Du4().run(Disk.roots(args));
  }

  private void run(List<Path> roots) throws InterruptedException {
    Enter.then(done::close);
    for (Path root : roots) {
      walkers.go(() -> walk(root));
    }
    go(
        () -> {
          walkers.await();
          fileSizes.close();
        });
    boolean cancelled = !collect();
    System.out.println((cancelled ? "cancelled after " : "") + Disk.usage(files, bytes));
  }

  // snippet:collect
  /** Adds up the sizes until all walkers have ended. False if cancelled. */
  private boolean collect() throws InterruptedException {
    try (var ticker = Time.newTicker(Duration.ofMillis(500))) {
      var select = Select.loop();
      var stop = select.receive(done);
      var size = select.receive(fileSizes);
      var tick = select.receive(ticker.c());
      for (; ; ) {
        var chosen = select.await();
        if (chosen == stop) {
          fileSizes.range(s -> {}); // lets the walkers that want to send go on, and end
          return false;
        } else if (chosen == tick) {
          System.out.println(Disk.usage(files, bytes));
        } else if (size.ok()) {
          files++;
          bytes += size.value();
        } else {
          return true;
        }
      }
    }
  }

  // end:collect

  private void walk(Path dir) throws InterruptedException {
    if (isCancelled()) {
      return;
    }
    for (Disk.Entry entry : entries(dir)) {
      if (entry.isDirectory()) {
        walkers.go(() -> walk(entry.path()));
      } else {
        fileSizes.send(entry.size());
      }
    }
  }

  private boolean isCancelled() {
    return done.tryReceive().isReady();
  }

  // snippet:entries
  /** What is in a directory, or nothing if cancelled while waiting for a token. */
  private List<Disk.Entry> entries(Path dir) throws InterruptedException {
    boolean acquired =
        Select.<Boolean>of().send(sema, null, () -> true).receive(done, () -> false).await();
    if (!acquired) {
      return List.of();
    }
    try {
      return Disk.entries("du4", dir);
    } finally {
      sema.receive(); // releases the token
    }
  }
  // end:entries
}
