package io.channel4j.examples;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What du1 to du4 have in common: reading directories, and the line that they print. */
final class Disk {
  private Disk() {}

  /** A file or a directory. */
  record Entry(Path path, boolean isDirectory, long size) {}

  /** What is in a directory; reports what cannot be read. Symbolic links are not followed. */
  static List<Entry> entries(String program, Path dir) {
    var entries = new ArrayList<Entry>();
    try (var paths = Files.newDirectoryStream(dir)) {
      for (Path path : paths) {
        try {
          var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
          entries.add(new Entry(path, attributes.isDirectory(), attributes.size()));
        } catch (IOException e) {
          report(program, path, e);
        }
      }
    } catch (DirectoryIteratorException e) {
      report(program, dir, e.getCause());
    } catch (IOException e) {
      report(program, dir, e);
    }
    return entries;
  }

  static void report(String program, Object what, IOException e) {
    String reason =
        switch (e) {
          case AccessDeniedException x -> "permission denied";
          case NoSuchFileException x -> "no such file or directory";
          case NotDirectoryException x -> "not a directory";
          case FileSystemException x -> x.getReason();
          default -> e.getMessage();
        };
    System.err.println(program + ": " + what + ": " + reason);
  }

  static String usage(long files, long bytes) {
    return String.format(Locale.ROOT, "%,d files  %.1f GB", files, bytes / 1e9);
  }

  /** The directories that the arguments name, else the working directory. */
  static List<Path> roots(String[] args) {
    var roots = new ArrayList<Path>();
    for (String arg : args) {
      if (!arg.equals("-v")) {
        roots.add(Path.of(arg));
      }
    }
    return roots.isEmpty() ? List.of(Path.of(".")) : roots;
  }
}
