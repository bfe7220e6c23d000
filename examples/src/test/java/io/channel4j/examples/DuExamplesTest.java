package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** du1 to du3 count alike; du4 has its own test. */
class DuExamplesTest {
  @TempDir Path dir;

  @Test
  void allCountAlike() throws Exception {
    makeFile(dir.resolve("a/1"), 1_000_000_000);
    makeFile(dir.resolve("a/b/2"), 500_000_000);
    makeFile(dir.resolve("f/3"), 700_000_000);
    Files.createDirectories(dir.resolve("f/empty"));
    for (Class<?> du : List.of(E35Du1.class, E36Du2.class, E37Du3.class)) {
      String name = du.getSimpleName().substring(3).replace("Du", "du");
      try (var process = ExampleProcess.start(dir, du, List.of("a", "f", "none"))) {
        assertEquals(List.of("3 files  2.2 GB"), process.rest(), "no progress without -v");
        assertEquals(List.of(name + ": none: no such file or directory"), process.errors());
      }
    }
  }

  @Test
  void minusVShowsProgress() throws Exception {
    for (int i = 0; i < 300; i++) {
      makeFile(dir.resolve("a/" + i), 0);
    }
    String[] roots = new String[10_000]; // takes longer than half a second anywhere
    Arrays.fill(roots, "a");
    roots[0] = "-v";
    for (Class<?> du : List.of(E36Du2.class, E37Du3.class)) {
      try (var process = ExampleProcess.start(dir, du, List.of(roots))) {
        assertEquals(true, process.nextLine().matches("[\\d,]+ files  0\\.0 GB"));
      }
    }
  }

  private static void makeFile(Path file, long length) throws IOException {
    Files.createDirectories(file.getParent());
    try (var created = new RandomAccessFile(file.toFile(), "rw")) {
      created.setLength(length);
    }
  }
}
