package io.channel4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * The library without one of its mechanisms: a section of ablations.md, which says how.
 *
 * @param name the column's name
 * @param what what is left without it
 * @param changes to the sources
 */
record Ablation(String name, String what, List<Change> changes) {

  /** A text that is in the file exactly once, and what takes its place. */
  record Change(String file, String before, String after) {}

  private static final Pattern SECTION =
      Pattern.compile("## (?<name>\\S+)\n\n(?<what>.+?)\n\n(?<changes>`.*)", Pattern.DOTALL);
  private static final Pattern FILE_OR_PAIR =
      Pattern.compile(
          "`(?<file>[^`\n]+)`|```java\n(?<before>.*?)```\n\n```java\n(?<after>.*?)```",
          Pattern.DOTALL);

  /** All sections, in their order. */
  static List<Ablation> parse(String text) {
    var all = new ArrayList<Ablation>();
    for (String section : text.split("(?m)^(?=## )")) {
      if (section.startsWith("## ")) {
        all.add(one(section));
      }
    }
    return List.copyOf(all);
  }

  private static Ablation one(String section) {
    Matcher whole = SECTION.matcher(section);
    if (!whole.matches()) {
      throw new IllegalArgumentException("not of the form given at the top:\n" + section);
    }
    var changes = new ArrayList<Change>();
    String file = "";
    Matcher part = FILE_OR_PAIR.matcher(whole.group("changes"));
    while (part.find()) {
      if (part.group("file") != null) {
        file = part.group("file");
      } else {
        changes.add(new Change(file, part.group("before"), part.group("after")));
      }
    }
    return new Ablation(whole.group("name"), whole.group("what"), List.copyOf(changes));
  }

  /** Where {@link #compile} puts its classes. */
  Path classes(Path home) {
    return home.resolve("target").resolve("ablation").resolve(name);
  }

  /** The changed sources, by file; the sources lie beside the folder home. */
  Map<String, String> sources(Path home) throws IOException {
    var sources = new LinkedHashMap<String, String>();
    for (Change c : changes) {
      String text = sources.get(c.file);
      if (text == null) {
        text = Files.readString(home.resolve("..").resolve(c.file));
      }
      // A text may be a part of a line.
      boolean whole = text.contains(c.before);
      String before = whole ? c.before : c.before.stripTrailing();
      int at = text.indexOf(before);
      if (at < 0 || text.indexOf(before, at + 1) >= 0) {
        String times = at < 0 ? "not" : "more than once";
        throw new IllegalArgumentException(
            name + ": this is " + times + " in " + c.file + ":\n" + c.before);
      }
      String after = whole ? c.after : c.after.stripTrailing();
      sources.put(c.file, text.substring(0, at) + after + text.substring(at + before.length()));
    }
    return sources;
  }

  /** Compiles the changed sources. */
  void compile(Path home, String classPath) throws IOException {
    Path to = Files.createDirectories(classes(home));
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--release", "21", "-proc:none", "-nowarn"));
    arguments.addAll(List.of("-cp", classPath, "-d", to.toString()));
    for (var source : sources(home).entrySet()) {
      Path file = Path.of(source.getKey()).getFileName();
      Path changed = to.resolve(String.valueOf(file));
      Files.writeString(changed, source.getValue());
      arguments.add(changed.toString());
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IOException("this Java has no compiler: use a JDK");
    }
    if (compiler.run(null, System.err, System.err, arguments.toArray(String[]::new)) != 0) {
      throw new IOException(name + " does not compile: see above");
    }
  }

  /** The class path of a process without the mechanism. */
  String classPath(Path home, String rest) {
    return classes(home) + File.pathSeparator + rest;
  }
}
