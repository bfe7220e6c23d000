package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The disk usage walker on trees whose sizes are known. */
class Du4Test {
  private static final int FILES_PER_ROOT = 2_000;

  @TempDir Path dir;

  @Test
  void countsFilesAndBytesOfAllRoots() throws Exception {
    makeFile(dir.resolve("a/1"), 1_000_000_000);
    makeFile(dir.resolve("a/b/2"), 500_000_000);
    makeFile(dir.resolve("a/b/c/d/e/3"), 700_000_000);
    makeFile(dir.resolve("f/4"), 100_000_000);
    makeFile(dir.resolve("f/empty"), 0);
    Files.createDirectories(dir.resolve("f/no/files"));
    try (var du4 = start("a", "f")) {
      assertEquals("5 files  2.3 GB", last(du4.rest()));
      assertEquals(List.of(), du4.errors());
    }
    try (var du4 = start()) {
      assertEquals("5 files  2.3 GB", last(du4.rest()), "the working directory");
    }
  }

  @Test
  void doesNotFollowSymbolicLinks() throws Exception {
    makeFile(dir.resolve("a/1"), 100_000_000);
    Files.createSymbolicLink(dir.resolve("a/loop"), dir.resolve("a"));
    Files.createSymbolicLink(dir.resolve("a/again"), dir.resolve("a/1"));
    Files.createSymbolicLink(dir.resolve("a/nowhere"), dir.resolve("none"));
    try (var du4 = start("a")) {
      assertEquals("4 files  0.1 GB", last(du4.rest()), "links count as the small files they are");
      assertEquals(List.of(), du4.errors());
    }
  }

  @Test
  void reportsWhatIsNotADirectoryAndGoesOn() throws Exception {
    makeFile(dir.resolve("a/1"), 100_000_000);
    try (var du4 = start("none", "a", "a/1")) {
      assertEquals("1 files  0.1 GB", last(du4.rest()));
      assertEquals(
          List.of("du4: a/1: not a directory", "du4: none: no such file or directory"),
          du4.errors().stream().sorted().toList());
    }
  }

  @Test
  void reportsDirectoriesThatItMayNotReadAndGoesOn() throws Exception {
    makeFile(dir.resolve("a/1"), 100_000_000);
    makeFile(dir.resolve("a/locked/2"), 100_000_000);
    Path locked = dir.resolve("a/locked");
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    boolean superuser = Files.isReadable(locked);
    try (var du4 = start("a")) {
      assertEquals(superuser ? "2 files  0.2 GB" : "1 files  0.1 GB", last(du4.rest()));
      assertEquals(
          superuser ? List.of() : List.of("du4: a/locked: permission denied"), du4.errors());
    } finally {
      Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** A directory that not even the superuser can read: its path is longer than 4,096 bytes. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void reportsDirectoriesThatNobodyCanReadAndGoesOn() throws Exception {
    makeFile(dir.resolve("a/1"), 100_000_000);
    Path bottom = dir.resolve("a");
    Path other = dir.resolve("other");
    Path below = other;
    for (int i = 0; i < 12; i++) {
      bottom = bottom.resolve("x".repeat(250));
      below = below.resolve("y".repeat(250));
    }
    Files.createDirectories(bottom);
    makeFile(below.resolve("2"), 100_000_000);
    Path tooLong = bottom.resolve("other");
    Files.move(other, tooLong);
    try (var du4 = start("a")) {
      assertEquals("1 files  0.1 GB", last(du4.rest()));
      assertEquals(1, du4.errors().size());
      String report = du4.errors().getFirst();
      assertTrue(report.endsWith("y: File name too long"), report);
    } finally {
      Files.move(tooLong, other);
    }
  }

  @Test
  void enterCancels() throws Exception {
    makeManyFiles(dir.resolve("a"));
    int roots = 5_000;
    try (var du4 = start(Collections.nCopies(roots, "a").toArray(String[]::new))) {
      String progress = du4.nextLine(); // after half a second, of many
      assertTrue(progress.matches("[\\d,]+ files  0\\.0 GB"), progress);
      du4.pressEnter();
      String end = last(du4.rest());
      assertTrue(end.matches("cancelled after [\\d,]+ files  0\\.0 GB"), end);
      int files = Integer.parseInt(end.replaceAll("\\D+ ([\\d,]+) .*", "$1").replace(",", ""));
      assertTrue(files < roots * FILES_PER_ROOT, end);
      assertEquals(List.of(), du4.errors());
    }
  }

  @Test
  void theEndOfInputDoesNotCancel() throws Exception {
    makeManyFiles(dir.resolve("a"));
    int roots = 25;
    try (var du4 = start(Collections.nCopies(roots, "a").toArray(String[]::new))) {
      du4.endInput();
      assertEquals("50,000 files  0.0 GB", last(du4.rest()));
    }
  }

  private ExampleProcess start(String... roots) throws IOException {
    return ExampleProcess.start(dir, E07Du4.class, List.of(roots));
  }

  /** The result; lines of progress before it depend on the machine. */
  private static String last(List<String> lines) {
    return lines.isEmpty() ? "" : lines.getLast();
  }

  /** A file of a length that takes no space on most file systems. */
  private static void makeFile(Path file, long length) throws IOException {
    Files.createDirectories(file.getParent());
    try (var created = new RandomAccessFile(file.toFile(), "rw")) {
      created.setLength(length);
    }
  }

  private static void makeManyFiles(Path root) throws IOException {
    for (int i = 0; i < FILES_PER_ROOT; i++) {
      makeFile(root.resolve(i / 100 + "/" + i), 0);
    }
  }
}
