import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Plants bugs in a copy of channel-core and channel-select, one at a time, and says which tests
 * catch them. See mutants.md for the bugs and bin/mutants for how to run this.
 *
 * <p>A mutant is caught when a test fails on it, or does not end, while all tests pass on the same
 * copy without a mutant. Anything else that goes wrong, a mutant that does not compile or a text
 * that is not there, ends the run as an error.
 */
final class Mutants {
  private static final Path TOP = Path.of("").toAbsolutePath();
  private static final Path WORK = TOP.resolve("stress-tests/target/mutants");
  private static final Path RESULTS = WORK.resolve("results");
  private static final Path LIST = TOP.resolve("stress-tests/mutants/mutants.md");
  private static final Path TABLE = TOP.resolve("docs/mutants.md");

  private static final String BEGIN = "<!-- written by bin/mutants -->\n";

  /** Those without a result for the sources as they are. */
  private static final String NEW = "--new";

  /** None: writes the results that there are. */
  private static final String TABLE_ONLY = "--table";

  private static final List<String> OPTIONS = List.of(NEW, TABLE_ONLY);

  /** Leaves out the control and all tests but those that a mutant names: for work on the list. */
  private static final boolean FIRST_ONLY = Boolean.getBoolean("first.only");

  private final Copy copy = new Copy(TOP, WORK);
  private final Map<String, Mutant> mutants;
  private String sources = "";

  public static void main(String[] args) throws Exception {
    try {
      Map<String, Mutant> all = Mutant.parse(Files.readString(LIST));
      System.exit(new Mutants(all).run(List.of(args)) ? 0 : 1);
    } catch (Mutant.Failure e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    }
  }

  private Mutants(Map<String, Mutant> mutants) {
    this.mutants = mutants;
  }

  private boolean run(List<String> args) throws Exception {
    for (String name : args) {
      if (!OPTIONS.contains(name) && !mutants.containsKey(name)) {
        throw new Mutant.Failure("no mutant is called " + name + " in " + mutants.keySet());
      }
    }
    Files.createDirectories(RESULTS);
    copy.update();
    for (Mutant m : mutants.values()) {
      String unused = m.mutate(copy.tree()); // so that a list that does not fit is an error at once
    }
    copy.build();
    sources = hash(copy.mainSources());
    if (!FIRST_ONLY && !args.contains(TABLE_ONLY)) {
      control();
    }
    boolean good = true;
    for (Mutant m : mutants.values()) {
      boolean wanted = args.isEmpty() || args.contains(m.name());
      if (wanted || (args.contains(NEW) && isNew(m))) {
        try {
          good &= tryOut(m);
        } catch (TooBusy e) {
          System.out.println("no result: the machine is too busy, try again with --new");
          good = false;
        }
      }
    }
    writeTable();
    return good;
  }

  private void control() throws Exception {
    Path known = RESULTS.resolve("control." + sources);
    if (Files.exists(known)) {
      return;
    }
    Map<Suite, Set<String>> all = new EnumMap<>(Suite.class);
    for (Mutant m : mutants.values()) {
      classes(m.first()).forEach((s, c) -> all.computeIfAbsent(s, k -> new TreeSet<>()).addAll(c));
    }
    for (Suite suite : Suite.values()) {
      Set<String> tests = suite.isForAll() ? suite.classes(copy.tree()).keySet() : all.get(suite);
      if (tests != null) {
        Copy.Run run = copy.test(suite, List.copyOf(tests), null);
        if (run.test() != null) {
          throw new Mutant.Failure("fails without a mutant: " + run.test() + ": " + run.message());
        }
        System.out.println("Without a mutant " + run.passed() + " tests pass: " + suite.title);
      }
    }
    Files.createFile(known);
  }

  /** In the order in which the suites are first named; a class may have tests in two of them. */
  private Map<Suite, List<String>> classes(List<String> names) throws IOException {
    Map<Suite, List<String>> bySuite = new LinkedHashMap<>();
    for (String name : names) {
      boolean found = false;
      for (Suite suite : Suite.values()) {
        if (suite.classes(copy.tree()).containsKey(name)) {
          bySuite.computeIfAbsent(suite, s -> new ArrayList<>()).add(name);
          found = true;
        }
      }
      if (!found) {
        throw new Mutant.Failure("no test class is called " + name);
      }
    }
    return bySuite;
  }

  /** First the tests that should catch it, then all. */
  private boolean tryOut(Mutant m) throws Exception {
    System.out.print(m.name() + ": ");
    System.out.flush();
    copy.plant(m);
    long start = System.nanoTime();
    int passed = 0;
    Copy.Run caught = null;
    for (var tests : classes(m.first()).entrySet()) {
      if (caught == null) {
        Copy.Run run = test(tests.getKey(), tests.getValue(), m);
        passed += run.passed();
        caught = run.test() == null ? null : run;
      }
    }
    for (Suite suite : Suite.values()) {
      if (caught == null && m.hidden() == null && suite.isForAll() && !FIRST_ONLY) {
        List<String> rest = new ArrayList<>(suite.classes(copy.tree()).keySet());
        rest.removeAll(m.first());
        Copy.Run run = test(suite, rest, m);
        passed += run.passed();
        caught = run.test() == null ? null : run;
      }
    }
    Properties p = new Properties();
    p.setProperty("key", key(m));
    if (caught != null) {
      p.setProperty("test", caught.test());
      p.setProperty("message", caught.message());
      p.setProperty("suite", caught.suite().title);
    }
    p.setProperty("passed", Integer.toString(passed));
    long seconds = (System.nanoTime() - start + 500_000_000) / 1_000_000_000;
    p.setProperty("seconds", Long.toString(seconds));
    StringWriter text = new StringWriter();
    p.store(text, null);
    Files.writeString(RESULTS.resolve(m.name()), text.toString());
    copy.keepLog(RESULTS.resolve(m.name() + ".log"));
    System.out.println(
        (caught == null
                ? "ALIVE after " + passed + " tests"
                : "caught by " + caught.test() + ": " + caught.message())
            + (" (" + seconds + " s)"));
    return (caught != null) == (m.hidden() == null);
  }

  private static final class TooBusy extends Exception {}

  /** What is not certain is tried again. */
  private Copy.Run test(Suite suite, List<String> tests, Mutant m) throws Exception {
    for (int i = 0; i < 3; i++) {
      Copy.Run run = copy.test(suite, tests, m);
      if (run.test() == null || copy.isCertain(run, m)) {
        return run;
      }
      System.out.print("(late without the mutant too: again) ");
    }
    throw new TooBusy();
  }

  private boolean isNew(Mutant m) throws IOException {
    Properties p = result(m);
    return p == null || (p.getProperty("test") == null && m.hidden() == null);
  }

  // ---- results

  private String key(Mutant m) {
    return sources + "." + hash(m.file() + m.changes());
  }

  /** Null if there is none for this mutant and the sources as they are. */
  private Properties result(Mutant m) throws IOException {
    Path file = RESULTS.resolve(m.name());
    Properties p = new Properties();
    if (Files.exists(file)) {
      p.load(new StringReader(Files.readString(file)));
    }
    return key(m).equals(p.getProperty("key")) ? p : null;
  }

  private void writeTable() throws IOException {
    StringBuilder rows = new StringBuilder();
    StringBuilder hidden = new StringBuilder();
    StringBuilder other = new StringBuilder();
    Map<String, Integer> counts = new TreeMap<>();
    int caught = 0;
    int implied = 0;
    int others = 0;
    for (Mutant m : mutants.values()) {
      Properties p = result(m);
      String start = "| " + m.name() + " | " + m.why() + " | `" + m.where() + "` | ";
      String tried = String.join(", ", m.first()) + " |\n";
      if (p != null && p.getProperty("test") != null) {
        caught++;
        counts.merge(p.getProperty("suite"), 1, Integer::sum);
        rows.append(start + "`" + p.getProperty("test") + "` | ");
        rows.append(p.getProperty("suite") + " | " + p.getProperty("seconds") + " |\n");
      } else if (p != null && m.hidden() != null) {
        implied++;
        hidden.append(start + m.hidden() + " | " + tried);
      } else {
        others++;
        other.append(start + (p == null ? "not run" : "not caught") + " | " + tried);
      }
    }
    String page = Files.readString(TABLE);
    int at = page.indexOf(BEGIN);
    if (at < 0) {
      throw new Mutant.Failure(TABLE + " does not say where to write: " + BEGIN);
    }
    StringBuilder text = new StringBuilder(page.substring(0, at) + BEGIN + "\n");
    text.append(mutants.size() + " mutants, " + caught + " caught: ");
    text.append(
        counts.entrySet().stream()
            .map(e -> e.getValue() + " by " + e.getKey())
            .collect(Collectors.joining(", ")));
    text.append("; " + implied + " cannot be shown, for the reasons below; on a JDK ");
    text.append(copy.javaVersion() + " with " + Runtime.getRuntime().availableProcessors());
    text.append(" cores.\n\n| Mutant | The mistake | Where | Caught by | Suite | s |\n");
    text.append("|---|---|---|---|---|--:|\n" + rows);
    text.append("\n## Could not be shown\n\n");
    text.append("| Mutant | The change | Where | Why nothing fails | Tried |\n");
    text.append("|---|---|---|---|---|\n" + hidden);
    if (others > 0) {
      text.append("\n## Without a result on these sources: " + others + "\n\n");
      text.append("| Mutant | The mistake | Where | State | Tests for it |\n");
      text.append("|---|---|---|---|---|\n" + other);
    }
    Files.writeString(TABLE, text);
    System.out.println("Written to " + TOP.relativize(TABLE));
  }

  private static String hash(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString().substring(0, 13);
  }
}
