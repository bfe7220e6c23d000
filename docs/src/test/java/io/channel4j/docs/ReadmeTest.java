package io.channel4j.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's program prints what the README says, and its table is code that compiles. */
class ReadmeTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "."));
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @Test
  void theProgramPrintsWhatIsSaid() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Fibonacci.class.getName())
            .redirectErrorStream(true)
            .start();
    List<String> lines;
    try (var out = process.inputReader(UTF_8)) {
      lines = out.lines().toList();
    } finally {
      process.destroy();
    }
    String numbers = String.join(" ", lines);
    assertEquals("0 1 1 2 3 5 8 13 21 34", numbers);
    assertTrue(String.join("\n", readme().subList(0, 29)).contains(numbers));
  }

  @Test
  void theProgramEndsBeforeLine30() throws IOException {
    assertTrue(readme().lastIndexOf("```") > 0);
    assertTrue(readme().indexOf("```") < 29, "the first block ends there");
  }

  @Test
  void theTableIsCompiled() throws IOException {
    String compiled = withoutSpace(Files.readString(code().resolve("GoToJava.java")));
    int rows = 0;
    for (String line : readme()) {
      String[] cells = line.replace("\\|", "/").split(Pattern.quote("|"), -1);
      if (cells.length != 4 || !cells[1].contains("`")) {
        continue;
      }
      rows++;
      for (var code = CODE.matcher(cells[2]); code.find(); ) {
        String java = code.group(1);
        assertTrue(compiled.contains(withoutSpace(java)), () -> java + " in " + line);
      }
    }
    assertNotEquals(0, rows);
  }

  private static List<String> readme() throws IOException {
    return Files.readAllLines(ROOT.resolve("README.md"));
  }

  private static Path code() {
    return ROOT.resolve("docs/src/test/java/io/channel4j/docs");
  }

  private static String withoutSpace(String code) {
    return code.replaceAll("\\s+", "");
  }
}
