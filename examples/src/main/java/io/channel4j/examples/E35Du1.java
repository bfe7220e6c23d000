package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import java.nio.file.Path;
import java.util.List;

/** Disk usage: one goroutine walks, and main adds up. Go: gopl.io/ch8/du1. */
public final class E35Du1 {
  private E35Du1() {}

  /** Walks the directories given, else the working directory. */
  public static void main(String[] args) throws InterruptedException {
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
    for (long size : fileSizes) {
      files++;
      bytes += size;
    }
    System.out.println(Disk.usage(files, bytes));
  }

  private static void walk(Path dir, SendChannel<Long> fileSizes) throws InterruptedException {
    for (Disk.Entry entry : Disk.entries("du1", dir)) {
      if (entry.isDirectory()) {
        walk(entry.path(), fileSizes);
      } else {
        fileSizes.send(entry.size());
      }
    }
  }
}
