package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/go-parity.md names a test, or a reason, for every one of Go's channel tests. That list is
 * worth something only if the tests exist.
 */
class GoParityTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)(?:#(\\w+))?`");
  private static final Pattern EXAMPLE = Pattern.compile("`(E\\d\\d\\w+)`");
  private static final String NOT_PORTED = "Not ported: ";

  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  /** Modules, besides this one, whose tests answer to Go's. */
  private static final List<String> MODULES = List.of("channel-std", "examples");

  private record Row(String section, String goTest, String behaviour, String here) {}

  private static List<Row> rows() throws IOException {
    Path file = BASE.resolveSibling("docs").resolve("go-parity.md");
    List<Row> rows = new ArrayList<>();
    String section = "";
    boolean inTable = false;
    for (String line : Files.readAllLines(file)) {
      if (!line.startsWith("|")) {
        inTable = false;
        section = line.startsWith("## ") ? line.substring(3) : section;
      } else if (line.startsWith("|---")) {
        inTable = true;
      } else if (inTable) {
        String[] cells = line.substring(1).split("\\|", -1);
        assertEquals(4, cells.length, line);
        rows.add(new Row(section, cells[0].strip(), cells[1].strip(), cells[2].strip()));
      }
    }
    return rows;
  }

  @Test
  void everyRowNamesATestOrAReason() throws IOException {
    List<String> bad =
        rows().stream()
            .filter(
                r -> {
                  boolean ported = NAMED.matcher(r.here()).find();
                  String reason =
                      r.here().startsWith(NOT_PORTED)
                          ? r.here().substring(NOT_PORTED.length())
                          : "";
                  return (!ported && reason.length() < 10) || r.behaviour().isEmpty();
                })
            .map(Row::toString)
            .toList();
    assertEquals(List.of(), bad);
  }

  @Test
  void everyNamedTestExists() throws IOException {
    List<String> missing = new ArrayList<>();
    for (Row r : rows()) {
      for (Matcher m = NAMED.matcher(r.here()); m.find(); ) {
        if (!exists(m.group(1), m.group(2))) {
          missing.add(r.goTest() + " -> " + m.group());
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  private static boolean exists(String className, String method) throws IOException {
    try {
      Class<?> c =
          Class.forName(
              GoParityTest.class.getPackageName() + "." + className,
              false,
              GoParityTest.class.getClassLoader());
      return method == null
          || Stream.of(c.getDeclaredMethods()).map(Method::getName).anyMatch(method::equals);
    } catch (ClassNotFoundException e) {
      return existsElsewhere(className, method);
    }
  }

  /** The tests of other modules are not on the class path here, but their sources are at hand. */
  private static boolean existsElsewhere(String className, String method) throws IOException {
    for (String module : MODULES) {
      Path tests = BASE.resolveSibling(module).resolve("src/test/java");
      try (Stream<Path> files = Files.walk(tests)) {
        Path source =
            files
                .filter(f -> f.getFileName().toString().equals(className + ".java"))
                .findFirst()
                .orElse(null);
        if (source != null) {
          return method == null || Files.readString(source).contains("void " + method + "(");
        }
      }
    }
    return false;
  }

  @Test
  void everyGoTestStandsThereOnce() throws IOException {
    Set<String> seen = new HashSet<>();
    List<String> twice =
        rows().stream()
            .map(r -> r.section() + ": " + r.goTest())
            .filter(t -> !seen.add(t))
            .toList();
    assertEquals(List.of(), twice);
    assertTrue(seen.size() > 90, () -> "rows: " + seen.size());
  }

  /** S0 to S4 are the documents, with so many programs and pieces of advice each. */
  @Test
  void everySeedProgramHasARow() throws IOException {
    List<String> expected = new ArrayList<>();
    int[] counts = {7, 30, 5, 12, 9};
    for (int document = 0; document < counts.length; document++) {
      for (int i = 1; i <= counts[document]; i++) {
        expected.add("S" + document + "-" + i);
      }
    }
    List<String> here =
        seedRows().map(Row::goTest).filter(name -> name.matches("S\\d-\\d+")).toList();
    assertEquals(expected, here);
  }

  @Test
  void everyNamedExampleExists() throws IOException {
    Path examples = BASE.resolveSibling("examples").resolve("src/main/java/io/channel4j/examples");
    List<String> missing =
        seedRows()
            .flatMap(r -> EXAMPLE.matcher(r.here()).results().map(m -> m.group(1)))
            .filter(name -> !Files.exists(examples.resolve(name + ".java")))
            .toList();
    assertEquals(List.of(), missing);
  }

  private static Stream<Row> seedRows() throws IOException {
    return rows().stream().filter(r -> r.section().equals("Seed programs"));
  }
}
