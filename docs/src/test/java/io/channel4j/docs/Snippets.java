package io.channel4j.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares the Java code in Markdown with the compiled code that it names.
 *
 * <p>Every {@code ```java} block follows a comment, {@code <!-- snippet: File.java#region -->} or
 * {@code <!-- snippet: none: reason -->}. A region is what stands in that file between {@code //
 * snippet:region} and {@code // end:region}. Indentation as a whole does not count.
 */
final class Snippets {
  private static final Pattern COMMENT =
      Pattern.compile("\\s*<!--\\s*snippet:\\s*(.*?)\\s*-->\\s*");
  private static final Pattern REGION = Pattern.compile("([\\w/]+\\.java)#([\\w-]+)");
  private static final Pattern NO_REGION = Pattern.compile("none:\\s*\\S.*");
  private static final Pattern FENCE = Pattern.compile("\\s*(`{3,}|~{3,})\\s*(\\w*).*");

  private Snippets() {}

  /**
   * What is wrong in a Markdown text, one message a block; empty if it is sound.
   *
   * @param source the text of a snippet file, or null if there is no such file
   */
  static List<String> problems(String markdown, Function<String, @Nullable String> source) {
    var problems = new ArrayList<String>();
    List<String> lines = markdown.lines().toList();
    String comment = null;
    for (int i = 0; i < lines.size(); i++) {
      String at = "line " + (i + 1) + ": ";
      Matcher fence = FENCE.matcher(lines.get(i));
      if (fence.matches()) {
        var code = new ArrayList<String>();
        while (++i < lines.size() && !lines.get(i).strip().equals(fence.group(1))) {
          code.add(lines.get(i));
        }
        if (fence.group(2).equalsIgnoreCase("java")) {
          String problem = problem(comment, String.join("\n", code), source);
          if (problem != null) {
            problems.add(at + problem);
          }
          comment = null;
        }
      } else if (!lines.get(i).isBlank()) {
        if (comment != null) {
          problems.add(at + "no java block follows snippet: " + comment);
        }
        Matcher matcher = COMMENT.matcher(lines.get(i));
        comment = matcher.matches() ? matcher.group(1) : null;
      }
    }
    if (comment != null) {
      problems.add("end: no java block follows snippet: " + comment);
    }
    return problems;
  }

  private static @Nullable String problem(
      @Nullable String comment, String code, Function<String, @Nullable String> source) {
    if (comment == null) {
      return "a java block without a snippet comment";
    }
    if (NO_REGION.matcher(comment).matches()) {
      return null;
    }
    Matcher region = REGION.matcher(comment);
    if (!region.matches()) {
      return "neither File.java#region nor none: reason, but " + comment;
    }
    String text = source.apply(region.group(1));
    if (text == null) {
      return "no file " + region.group(1);
    }
    String compiled = region(text, region.group(2));
    if (compiled == null) {
      return "no region " + comment;
    }
    return normal(compiled).equals(normal(code))
        ? null
        : "differs from %s, which is%n%s%nand not%n%s"
            .formatted(comment, normal(compiled), normal(code));
  }

  private static @Nullable String region(String text, String name) {
    List<String> lines = text.lines().toList();
    List<String> stripped = lines.stream().map(String::strip).toList();
    int start = stripped.indexOf("// snippet:" + name);
    int end = stripped.indexOf("// end:" + name);
    return start < 0 || end < start ? null : String.join("\n", lines.subList(start + 1, end));
  }

  private static String normal(String code) {
    // stripIndent would take a blank last line for one without indentation.
    return code.stripTrailing().stripIndent().strip();
  }
}
