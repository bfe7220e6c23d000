package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import io.channel4j.select.Select;
import io.channel4j.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Disk usage: one goroutine walks, and with -v main shows its progress. Go: gopl.io/ch8/du2.
 *
 * <p>Without {@code -v} the tick channel is nil, and its case is never ready.
 */
public final class E36Du2 {
  private E36Du2() {}

  /** Walks the directories given, else the working directory. */
  public static void main(String[] args) throws InterruptedException {
    boolean verbose = Arrays.asList(args).contains("-v");
    List<Path> roots = Disk.roots(args);
    Channel<Long> fileSizes = Channel.make(0, 0L);
    go(
        () -> {
          for (Path root : roots) {
            walk(root, fileSizes);
          }
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

  private static void walk(Path dir, SendChannel<Long> fileSizes) throws InterruptedException {
    for (Disk.Entry entry : Disk.entries("du2", dir)) {
      if (entry.isDirectory()) {
        walk(entry.path(), fileSizes);
      } else {
        fileSizes.send(entry.size());
      }
    }
  }
}
