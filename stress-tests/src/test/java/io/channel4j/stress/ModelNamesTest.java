package io.channel4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The code says at each step which action of a model it is ("Model: Opened"), and a model says
 * which files it is of ("The code: GatedChannel, …"). Neither names what is not there.
 */
class ModelNamesTest {
  private static final Path MODELS = Path.of("src/model");
  private static final List<Path> CODE =
      List.of(Path.of("../channel-core/src/main/java"), Path.of("../channel-select/src/main/java"));

  /** "// Model: Opened, FrontCas" at the end of a line. */
  private static final Pattern CITED = Pattern.compile("//.*\\bModel: (\\w+(?:, \\w+)*)$");

  private static final Pattern FILES = Pattern.compile("The code: ([^:]*?)\\.  ");
  private static final Pattern STEP = Pattern.compile("(?ms)^Step\\(t\\) ==$(.*?)\n\n");
  private static final Pattern ACTION = Pattern.compile("\\b(\\w+)\\(t\\)");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private static Set<String> all(Pattern p, String text) {
    return p.matcher(text).results().map(r -> r.group(r.groupCount())).collect(Collectors.toSet());
  }

  /** The only match. */
  private static String one(Pattern p, String text) {
    List<MatchResult> found = p.matcher(text).results().toList();
    assertEquals(1, found.size(), () -> p + " in " + text);
    return found.get(0).group(1);
  }

  /** The text of each model, without the frame of its head. */
  private static Map<String, String> models() throws IOException {
    Map<String, String> models = new TreeMap<>();
    try (Stream<Path> files = Files.list(MODELS)) {
      for (Path f : files.sorted().toList()) {
        String name = f.getFileName().toString();
        if (name.endsWith(".tla") && !name.startsWith("MC")) {
          String text = Files.readString(f).replaceAll(" *\\*\\)\n\\(\\* ", " ");
          models.put(name.substring(0, name.length() - ".tla".length()), text);
        }
      }
    }
    assertEquals(Set.of("Channel", "Select", "WaiterRing"), models.keySet());
    return models;
  }

  /** What each file of the code cites. */
  private static Map<String, Set<String>> cited() throws IOException {
    Map<String, Set<String>> cited = new TreeMap<>();
    for (Path module : CODE) {
      try (Stream<Path> files = Files.walk(module)) {
        for (Path f : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          Set<String> names = new TreeSet<>();
          for (String line : Files.readAllLines(f)) {
            all(CITED, line).forEach(n -> names.addAll(List.of(n.split(", "))));
          }
          cited.put(f.getFileName().toString().replace(".java", ""), names);
        }
      }
    }
    return cited;
  }

  @Test
  void codeAndModelsNameEachOther() throws IOException {
    Map<String, Set<String>> cited = cited();
    Map<String, Set<String>> mayCite = new TreeMap<>();
    for (Map.Entry<String, String> model : models().entrySet()) {
      Set<String> actions = all(ACTION, one(STEP, model.getValue()));
      assertTrue(actions.size() > 10, () -> model.getKey() + ": " + actions);
      for (String action : actions) {
        assertTrue(
            Pattern.compile("(?m)^" + action + "\\(t\\) ==$").matcher(model.getValue()).find(),
            () -> model.getKey() + " does not define " + action);
      }
      if (model.getValue().contains("\nCancel(t) ==\n")) {
        actions.add("Cancel"); // may happen, and need not
      }
      Set<String> missing = new TreeSet<>(actions);
      Set<String> files = all(WORD, one(FILES, model.getValue()));
      files.retainAll(cited.keySet());
      assertTrue(files.size() > 2, () -> model.getKey() + ": " + files);
      for (String file : files) {
        Set<String> names = cited.get(file);
        assertTrue(names != null && !names.isEmpty(), () -> file + " names no action");
        missing.removeAll(names == null ? Set.of() : names);
        mayCite.computeIfAbsent(file, f -> new HashSet<>()).addAll(actions);
      }
      assertEquals(Set.of(), missing, () -> "actions of " + model.getKey() + " that no code cites");
    }
    cited.forEach(
        (file, names) -> {
          Collection<String> known = mayCite.getOrDefault(file, Set.of());
          Set<String> unknown = new TreeSet<>(names);
          unknown.removeAll(known);
          assertEquals(Set.of(), unknown, () -> file + " names actions that no model of it has");
        });
  }
}
