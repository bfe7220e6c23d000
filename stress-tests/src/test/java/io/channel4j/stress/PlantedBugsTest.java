package io.channel4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The list of planted bugs fits the sources, and the page about them names all of them and every
 * access by which threads agree. bin/mutants does the planting.
 */
class PlantedBugsTest {
  private static final Path TOP = Path.of("..");
  private static final Pattern NAME = Pattern.compile("(?m)^## (\\S+)$");
  private static final Pattern FILE = Pattern.compile("(?m)^`([^`]+\\.java)`$");
  private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```\n");

  /** Comments that name actions of the model do not matter. */
  private static final Pattern MODEL = Pattern.compile("(?m)^ *// Model: .*\n| +// Model: .*");

  private static final Pattern ACCESS =
      Pattern.compile(
          "compareAndSet|compareAndExchange|getAndSet|getAndBitwiseOr|setVolatile|setRelease|getAcquire"
              + "|setOpaque|getOpaque|\\bvolatile\\b|[! (]cas\\(|winFrom\\(");

  /** A row of the inventory: file, how many accesses, what they are for, mutants. */
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| (\\w+) \\| ([^|]+) \\| (\\d+) \\| ([^|]+) \\|$");

  private static final Pattern QUOTED = Pattern.compile("`([a-z]+(?:-[a-z]+)+)`");

  private final String list = read("stress-tests/mutants/mutants.md");
  private final String page = read("docs/mutants.md");

  private static String read(String file) {
    try {
      return Files.readString(TOP.resolve(file));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(1)).toList();
  }

  private Set<String> names() {
    return new TreeSet<>(all(NAME, list));
  }

  @Test
  void everyTextToReplaceIsInTheSources() {
    List<String> wrong = new ArrayList<>();
    for (String section : list.split("(?m)^(?=## )", -1)) {
      List<String> name = all(NAME, section);
      if (name.isEmpty()) {
        continue; // the top of the page
      }
      List<String> blocks = all(BLOCK, section);
      assertTrue(!blocks.isEmpty() && blocks.size() % 2 == 0, () -> name + " has no pair of texts");
      String source = MODEL.matcher(read(all(FILE, section).get(0))).replaceAll("");
      for (int i = 0; i < blocks.size(); i += 2) {
        String before = blocks.get(i);
        String found = source.contains(before) ? before : before.stripTrailing();
        int at = source.indexOf(found);
        if (at < 0 || source.indexOf(found, at + 1) >= 0) {
          wrong.add(name + (at < 0 ? " not found: " : " found twice: ") + before);
        } else { // the next pair meets what this one leaves
          String after =
              found.equals(before) ? blocks.get(i + 1) : blocks.get(i + 1).stripTrailing();
          source = source.substring(0, at) + after + source.substring(at + found.length());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void thePageNamesEveryMutantAndNoOther() {
    assertTrue(names().size() >= 25);
    int at = page.indexOf("<!-- written by bin/mutants -->");
    String results = page.substring(at);
    Set<String> missing = names();
    missing.removeIf(name -> results.contains("| " + name + " |"));
    assertEquals(Set.of(), missing, "run bin/mutants");
    Set<String> unknown = new TreeSet<>(all(QUOTED, page.substring(0, at)));
    unknown.removeAll(names());
    assertEquals(Set.of(), unknown);
  }

  /** Who adds a CAS or a fence says here what fails without it. */
  @Test
  void everyAccessIsInTheInventory() throws IOException {
    var rows = new TreeMap<String, Long>();
    for (MatchResult row : ROW.matcher(page).results().toList()) {
      rows.merge(row.group(1), Long.parseLong(row.group(3)), Long::sum);
    }
    var sources = new TreeMap<String, Long>();
    for (String module : List.of("channel-core", "channel-select")) {
      try (Stream<Path> files = Files.walk(TOP.resolve(module).resolve("src/main/java"))) {
        for (Path f : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          String code = Files.readString(f).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
          long n = ACCESS.matcher(code).results().count();
          if (n > 0) {
            sources.put(f.getFileName().toString().replace(".java", ""), n);
          }
        }
      }
    }
    assertEquals(sources, rows);
  }
}
