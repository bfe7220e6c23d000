package io.channel4j.examples;

import static io.channel4j.examples.Go.go;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Disk usage of directories, one virtual thread each; Enter cancels. Go: gopl.io/ch8/du4.
 *
 * <p>Differs from Go's: the end of standard input does not cancel, so that it also works where
 * nobody can press Enter; and it always shows its progress, without a ticker.
 */
public final class E07Du4 {
  private static final Duration PROGRESS = Duration.ofMillis(500);
  private static final Object TOKEN = new Object();

  private final Channel<Void> done = Channel.make(); // closed to cancel
  private final Channel<Object> sema = Channel.make(20); // limits the directories being read
  private final Channel<Long> fileSizes = Channel.make(0, 0L);
  private final AtomicLong walkers = new AtomicLong(); // Go: a sync.WaitGroup

  private long files;
  private long bytes;

  private E07Du4() {}

  /** Walks the directories given, else the working directory. */
  public static void main(String[] args) throws InterruptedException {
    new E07Du4().run(args.length > 0 ? List.of(args) : List.of("."));
  }

  private void run(List<String> roots) throws InterruptedException {
    // A daemon, because a read of standard input cannot be interrupted.
    Thread.ofPlatform().daemon().start(this::cancelOnEnter);
    walkers.set(roots.size());
    for (String root : roots) {
      go(() -> walk(Path.of(root)));
    }
    boolean cancelled = !collect();
    System.out.println((cancelled ? "cancelled after " : "") + usage());
  }

  private void cancelOnEnter() {
    try {
      if (System.in.read() >= 0) {
        done.close();
      }
    } catch (IOException e) {
      report("standard input", e);
    }
  }

  /** Adds up the sizes until all walkers have ended. False if cancelled. */
  private boolean collect() throws InterruptedException {
    var select = Select.loop();
    var stop = select.receive(done);
    var size = select.receive(fileSizes);
    long nextLine = System.nanoTime() + PROGRESS.toNanos();
    for (; ; ) {
      long left = nextLine - System.nanoTime();
      if (left <= 0) {
        System.out.println(usage());
        nextLine += PROGRESS.toNanos();
        continue;
      }
      var chosen = select.poll(Duration.ofNanos(left)); // null: the time passed
      if (chosen == stop) {
        fileSizes.range(s -> {}); // lets the walkers that want to send go on, and end
        return false;
      }
      if (chosen == size) {
        if (!size.ok()) {
          return true;
        }
        files++;
        bytes += size.value();
      }
    }
  }

  private void walk(Path dir) throws InterruptedException {
    try {
      if (isCancelled()) {
        return;
      }
      for (Entry entry : entries(dir)) {
        if (entry.attributes.isDirectory()) {
          walkers.incrementAndGet();
          go(() -> walk(entry.path));
        } else {
          fileSizes.send(entry.attributes.size());
        }
      }
    } finally {
      if (walkers.decrementAndGet() == 0) {
        fileSizes.close();
      }
    }
  }

  private boolean isCancelled() {
    return done.tryReceive().isReady();
  }

  private record Entry(Path path, BasicFileAttributes attributes) {}

  /** What is in a directory. Symbolic links are not followed. */
  private List<Entry> entries(Path dir) throws InterruptedException {
    boolean acquired =
        Select.<Boolean>of().send(sema, TOKEN, () -> true).receive(done, () -> false).await();
    if (!acquired) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    try (var paths = Files.newDirectoryStream(dir)) {
      for (Path path : paths) {
        try {
          var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
          entries.add(new Entry(path, attributes));
        } catch (IOException e) {
          report(path, e);
        }
      }
    } catch (DirectoryIteratorException e) {
      report(dir, e.getCause());
    } catch (IOException e) {
      report(dir, e);
    } finally {
      sema.receive(); // releases the token
    }
    return entries;
  }

  private static void report(Object what, IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException x -> "permission denied";
          case NoSuchFileException x -> "no such file or directory";
          case NotDirectoryException x -> "not a directory";
          case FileSystemException x -> x.getReason();
          default -> e.getMessage();
        };
    System.err.println("du4: " + what + ": " + reason);
  }

  private String usage() {
    return String.format(Locale.ROOT, "%,d files  %.1f GB", files, bytes / 1e9);
  }
}
