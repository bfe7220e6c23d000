package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.sync.WaitGroup;
import io.channel4j.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Disk usage: one goroutine for each directory, 20 of which read at a time. Go: gopl.io/ch8/du3.
 *
 * <p>With {@code -v} it shows its progress. Without, the tick channel is nil, and its case is never
 * ready.
 */
public final class E37Du3 {
  private final Channel<Void> sema = Channel.make(20); // limits the directories being read
  private final Channel<Long> fileSizes = Channel.make(0, 0L);
  private final WaitGroup walkers = new WaitGroup();

  private E37Du3() {}

  /** Walks the directories given, else the working directory. */
  public static void main(String[] args) throws InterruptedException {
    new E37Du3().run(Disk.roots(args), Arrays.asList(args).contains("-v"));
  }

  private void run(List<Path> roots, boolean verbose) throws InterruptedException {
    for (Path root : roots) {
      walkers.go(() -> walk(root));
    }
    go(
        () -> {
          walkers.await();
          fileSizes.close();
        });
    long files = 0;
    long bytes = 0;
    var select = Select.loop();
    var tick = select.receive(verbose ? Time.tick(Duration.ofMillis(500)) : null);
    var size = select.receive(fileSizes);
    for (; ; ) {
      if (select.await() == tick) {
        System.out.println(Disk.usage(files, bytes));
      } else if (size.ok()) {
        files++;
        bytes += size.value();
      } else {
        break;
      }
    }
    System.out.println(Disk.usage(files, bytes));
  }

  private void walk(Path dir) throws InterruptedException {
    for (Disk.Entry entry : entries(dir)) {
      if (entry.isDirectory()) {
        walkers.go(() -> walk(entry.path()));
      } else {
        fileSizes.send(entry.size());
      }
    }
  }

  private List<Disk.Entry> entries(Path dir) throws InterruptedException {
    sema.send(null); // acquires a token
    try {
      return Disk.entries("du3", dir);
    } finally {
      sema.receive(); // releases it
    }
  }
}
