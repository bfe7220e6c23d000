package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AblationTest {
  private static final String TWO_FILES =
      """
      # Title

      ## no-luck

      Without luck.

      `a/One.java`

      ```java
      int luck = 1;
      ```

      ```java
      int luck = 0;
      ```

      `Two.java`

      ```java
      luck()
      ```

      ```java
      none()
      ```

      ## nothing

      Less.

      `Two.java`

      ```java
        luck();
      ```

      ```java
      ```
      """;

  @TempDir private Path folder = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void makeSources() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(folder.resolve("a"));
    Files.writeString(folder.resolve("a/One.java"), "int luck = 1;\nint more;\n");
    Files.writeString(folder.resolve("Two.java"), "{\n  luck();\n}\n");
  }

  @Test
  void aSectionChangesItsFiles() throws IOException {
    var all = Ablation.parse(TWO_FILES);
    assertEquals(List.of("no-luck", "nothing"), all.stream().map(Ablation::name).toList());
    assertEquals("Without luck.", all.get(0).what());
    var sources = all.get(0).sources(home);
    assertEquals("int luck = 0;\nint more;\n", sources.get("a/One.java"));
    assertEquals("{\n  none();\n}\n", sources.get("Two.java"));
    assertEquals("{\n}\n", all.get(1).sources(home).get("Two.java"));
  }

  @Test
  void aTextThatIsNotThereOnceIsRefused() throws IOException {
    Files.writeString(folder.resolve("Two.java"), "luck(); luck();");
    var ablation = Ablation.parse(TWO_FILES).get(0);
    var twice = assertThrows(IllegalArgumentException.class, () -> ablation.sources(home));
    assertTrue(
        String.valueOf(twice.getMessage())
            .startsWith("no-luck: this is more than once in Two.java"));
    Files.writeString(folder.resolve("Two.java"), "");
    var gone = assertThrows(IllegalArgumentException.class, () -> ablation.sources(home));
    assertTrue(String.valueOf(gone.getMessage()).startsWith("no-luck: this is not in Two.java"));
  }

  @Test
  void aSectionOfAnotherFormIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ablation.parse("## name without a file"));
  }

  @Test
  void everyMechanismIsInTheSources() throws IOException {
    for (Ablation a : Ablation.parse(Files.readString(Path.of("ablations.md")))) {
      Path benchmarks = Path.of("").toAbsolutePath();
      for (Ablation.Change c : a.changes()) {
        String original = Files.readString(benchmarks.resolve("..").resolve(c.file()));
        assertNotEquals(original, a.sources(benchmarks).get(c.file()), a.name());
      }
    }
  }

  @Test
  void thePageSaysWhatEachColumnIs() throws IOException {
    var all = Ablation.parse(Files.readString(Path.of("ablations.md")));
    assertFalse(all.isEmpty());
    String page = Files.readString(Path.of("../docs/performance.md"));
    for (Ablation a : all) {
      assertTrue(page.contains("`" + a.name() + "`"), a.name());
    }
  }
}
