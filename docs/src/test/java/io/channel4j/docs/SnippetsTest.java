package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The README and the guide show only code that compiles. */
class SnippetsTest {
  private static final Path ROOT = Path.of(System.getProperty("project.root", "."));
  private static final List<Path> CODE =
      List.of(
          ROOT.resolve("docs/src/test/java/io/channel4j/docs"),
          ROOT.resolve("examples/src/main/java/io/channel4j/examples"));

  @ParameterizedTest
  @MethodSource
  void codeInMarkdownIsCompiledCode(Path page) throws IOException {
    var problems = Snippets.problems(Files.readString(ROOT.resolve(page)), SnippetsTest::source);
    if (!problems.isEmpty()) {
      fail(page + ", " + String.join("\n", problems));
    }
  }

  static Stream<Path> codeInMarkdownIsCompiledCode() throws IOException {
    Path guide = ROOT.resolve("docs/guide");
    try (var pages = Files.isDirectory(guide) ? Files.walk(guide) : Stream.<Path>empty()) {
      var found = pages.filter(page -> page.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(Stream.of(ROOT.resolve("README.md")), found.stream())
          .map(ROOT::relativize);
    }
  }

  private static @Nullable String source(String file) {
    try {
      for (Path directory : CODE) {
        if (Files.exists(directory.resolve(file))) {
          return Files.readString(directory.resolve(file));
        }
      }
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The comparison itself. */
  @Nested
  class Comparison {
    private static final String SOURCE =
        """
        class Hello {
          void main() {
            // snippet:greet
            if (true) {
              greet("you");
            }
            // end:greet
          }
        }
        """;

    @Test
    void indentationDoesNotCount() {
      assertEquals(
          List.of(),
          problems(
              """
              Text.

              <!-- snippet: Hello.java#greet -->
              ```java
              if (true) {
                greet("you");
              }
              ```
              """));
    }

    @Test
    void aDriftedBlockIsReported() {
      var problems =
          problems(
              """
              <!-- snippet: Hello.java#greet -->
              ```java
              if (true) {
                greet("me");
              }
              ```
              """);
      assertEquals(1, problems.size());
      assertTrue(problems.get(0).startsWith("line 2: differs from Hello.java#greet"));
    }

    @Test
    void aBlockNeedsAComment() {
      assertEquals(
          List.of("line 1: a java block without a snippet comment"),
          problems("```java\ngreet();\n```\n"));
    }

    @Test
    void aCommentServesOneBlock() {
      assertEquals(
          List.of("line 5: a java block without a snippet comment"),
          problems("<!-- snippet: none: why -->\n```java\na();\n```\n```java\nb();\n```\n"));
    }

    @Test
    void aReasonReplacesTheCode() {
      assertEquals(
          List.of(), problems("<!-- snippet: none: does not compile -->\n```java\nx\n```\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none:", "none", "Hello.java", "Other.java#greet", "Hello.java#bye"})
    void aCommentMustNameCodeOrAReason(String comment) {
      var problems = problems("<!-- snippet: " + comment + " -->\n```java\ngreet();\n```\n");
      assertEquals(1, problems.size(), problems::toString);
    }

    @Test
    void aCommentNeedsABlock() {
      assertEquals(1, problems("<!-- snippet: Hello.java#greet -->\nText.\n").size());
      assertEquals(1, problems("<!-- snippet: Hello.java#greet -->\n").size());
    }

    @Test
    void otherLanguagesAreFree() {
      assertEquals(List.of(), problems("```go\nch <- 1\n```\n~~~\n```java\n~~~\n"));
    }

    private static List<String> problems(String markdown) {
      return Snippets.problems(markdown, file -> file.equals("Hello.java") ? SOURCE : null);
    }
  }
}
