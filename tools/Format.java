import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks ("check") or mends ("fix") the format of all Java sources below a folder. */
final class Format {
  private static final Set<String> SKIPPED = Set.of("target", ".git", ".mvn", ".idea");

  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path root = Path.of(args[1]);
    var style = JavaFormatterOptions.defaultOptions();
    var formatter = new Formatter(style);
    var unformatted = new ArrayList<String>();
    for (Path file : sources(root)) {
      String before = Files.readString(file);
      try {
        // The steps of the formatter's own command line, which takes no folders and names no
        // remedy.
        String after = RemoveUnusedImports.removeUnusedImports(before);
        after = ImportOrderer.reorderImports(after, style.style());
        after = formatter.formatSource(after);
        if (!after.equals(before)) {
          unformatted.add(root.relativize(file).toString());
          if (fix) Files.writeString(file, after);
        }
      } catch (FormatterException e) {
        System.err.println(root.relativize(file) + ": " + e.getMessage());
        System.exit(1);
      }
    }
    if (unformatted.isEmpty()) return;
    if (fix) {
      System.out.println("Formatted " + unformatted);
    } else {
      System.err.println("Not formatted: " + unformatted);
      System.err.println("Run bin/format, that is ./mvnw -N -Pformat validate");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(dir.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }
}
