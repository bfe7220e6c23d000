package io.channel4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** All examples are listed, and all are tested. */
class RunExampleTest {
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path PACKAGE = Path.of("io/channel4j/examples");

  @Test
  @DisabledOnOs(OS.WINDOWS) // it is a shell script
  void theCommandListsAllExamplesWithOneLineEach() throws Exception {
    Process list =
        new ProcessBuilder(BASE.resolveSibling("run-example").toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var out = list.inputReader(UTF_8)) {
      lines = out.lines().toList();
    }
    assertEquals(2, list.waitFor(), lines::toString);
    List<String> examples = examples();
    assertEquals(examples.size(), lines.size(), lines::toString);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String name = examples.get(i).substring(3);
      String first = name.substring(0, 1).toLowerCase(Locale.ROOT);
      assertTrue(line.matches("[ \\d]\\d  " + first + name.substring(1) + " +[A-Z].{15,95}"), line);
    }
  }

  @Test
  void everyExampleHasATest() throws IOException {
    String tests;
    try (var files = Files.list(BASE.resolve("src/test/java").resolve(PACKAGE))) {
      tests = files.map(RunExampleTest::read).collect(Collectors.joining());
    }
    assertEquals(
        List.of(), examples().stream().filter(e -> !tests.contains(e + ".class")).toList());
  }

  private static List<String> examples() throws IOException {
    try (Stream<Path> files = Files.list(BASE.resolve("src/main/java").resolve(PACKAGE))) {
      return files
          .map(file -> file.getFileName().toString().replace(".java", ""))
          .filter(name -> name.matches("E\\d\\d\\w+"))
          .sorted()
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
