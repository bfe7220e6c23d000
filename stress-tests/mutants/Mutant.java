import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One section of the list, mutants.md.
 *
 * @param first the test classes that should catch it
 * @param hidden why no test shows it; null if one should
 */
record Mutant(
    String name, String why, String file, List<Change> changes, List<String> first, String hidden) {

  record Change(String before, String after) {}

  /** What ends a run as an error. */
  static final class Failure extends RuntimeException {
    Failure(String message) {
      super(message);
    }
  }

  String where() {
    return file.replaceAll(".*/", "").replace(".java", "");
  }

  private static final Pattern SECTION =
      Pattern.compile(
          "## (?<name>\\S+)\n\n(?<why>.+?)\n\n`(?<file>[^`\n]+)`\n\n"
              + "(?<changes>(?:```java\n.*?```\n\n)+)First: (?<first>[^\n]+)\n"
              + "(?:\nHidden: (?<hidden>.+?)\n)?\\s*",
          Pattern.DOTALL);
  private static final Pattern FENCE = Pattern.compile("```java\n(.*?)```\n", Pattern.DOTALL);

  static Map<String, Mutant> parse(String text) {
    Map<String, Mutant> all = new LinkedHashMap<>();
    String[] sections = text.split("(?m)^(?=## )");
    for (String section : Arrays.copyOfRange(sections, 1, sections.length)) {
      Matcher m = SECTION.matcher(section);
      if (!m.matches()) {
        throw new Failure("not a section of the form given at the top:\n" + section);
      }
      List<String> fences =
          FENCE.matcher(m.group("changes")).results().map(f -> f.group(1)).toList();
      List<Change> changes = new ArrayList<>();
      for (int i = 0; i + 1 < fences.size(); i += 2) {
        changes.add(new Change(fences.get(i), fences.get(i + 1)));
      }
      String hidden = m.group("hidden");
      Mutant mutant =
          new Mutant(
              m.group("name"),
              m.group("why").replace('\n', ' '),
              m.group("file"),
              changes,
              List.of(m.group("first").split(", ")),
              hidden == null ? null : hidden.replace('\n', ' '));
      if (fences.size() % 2 != 0 || all.put(mutant.name, mutant) != null) {
        throw new Failure("an old text without a new one, or two mutants called " + mutant.name);
      }
    }
    return all;
  }

  /** The text of its file with the mistake. */
  String mutate(Path tree) throws IOException {
    String text =
        Files.readString(tree.resolve(file)).replaceAll("(?m)^ *// Model: .*\n| +// Model: .*", "");
    for (Change c : changes) {
      boolean partOfLine = !text.contains(c.before);
      String before = partOfLine ? c.before.stripTrailing() : c.before;
      String after = partOfLine ? c.after.stripTrailing() : c.after;
      int at = text.indexOf(before);
      if (at < 0 || text.indexOf(before, at + 1) >= 0) {
        String times = at < 0 ? "not" : "more than once";
        throw new Failure(name + ": this is " + times + " in " + file + ":\n" + c.before);
      }
      text = text.substring(0, at) + after + text.substring(at + before.length());
    }
    return text;
  }
}
