import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A copy of the project, in which mutants are compiled and tests run. */
final class Copy {
  /** What a test of the conformance suite gives its goroutines on a mutant; elsewhere 30 s. */
  private static final int DEADLINE_SECONDS = 10;

  /** What one test has on a mutant. */
  private static final int TEST_SECONDS = 25;

  /** A JVM that has said nothing for so long hangs: JUnit ends each test after a minute. */
  private static final int QUIET_SECONDS = 70;

  /** For Maven, which is quiet while it compiles. */
  private static final int BUILD_SECONDS = 600;

  private static final Pattern LATE =
      Pattern.compile(
          "did not end|not done after|timed out after|still waiting|InterruptedException");

  /** How the tests of one JVM ended; test and message are null if all passed. */
  record Run(Suite suite, String test, String message, int passed) {
    String testClass() {
      return test.replaceAll("\\..*", "");
    }

    String testMethod() {
      return test.replaceAll(".*\\.", "");
    }

    boolean isHistory() {
      return test != null && testClass().equals("LinearizabilityAttackTest");
    }

    /** Whether it was caught by nothing but a deadline. */
    boolean isLate() {
      return suite != Suite.JCSTRESS && message != null && LATE.matcher(message).find();
    }
  }

  private final Path top;
  private final Path work;
  private final Path tree;
  private final Path built;

  /** The classes of the one source that a mutant changes. */
  private final Path classes;

  private List<String> classPath = List.of();
  private Path jdk = Path.of("");

  Copy(Path top, Path work) {
    this.top = top;
    this.work = work;
    tree = work.resolve("tree");
    built = work.resolve("built");
    classes = work.resolve("classes");
  }

  Path tree() {
    return tree;
  }

  /** Copies of what git tracks that which has changed since the last copy. */
  void update() throws Exception {
    Path listed = work.resolve("tracked");
    Files.createDirectories(tree);
    exec(top, listed, "git", "ls-files", "-z");
    Set<Path> tracked = new HashSet<>();
    for (String name : Files.readString(listed).split("\0")) {
      Path from = top.resolve(name);
      Path to = tree.resolve(name);
      tracked.add(to);
      if (!Files.exists(to) || Files.mismatch(from, to) >= 0) {
        if (name.matches("(?!stress-tests/mutants/|docs/).*\\.(java|xml)")) {
          Files.deleteIfExists(built);
        }
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path f : files.filter(f -> !f.toString().contains("/target/")).toList()) {
        if (Files.isRegularFile(f) && !tracked.contains(f)) {
          Files.deleteIfExists(built);
          Files.delete(f);
        }
      }
    }
  }

  /** Compiles the copy, and learns from a test's report which JDK and class path Maven chose. */
  void build() throws Exception {
    if (!Files.exists(built)) {
      System.out.println("Building the copy …");
      Path log = work.resolve("build.log");
      String command =
          "./mvnw -B -o -pl conformance-tests,stress-tests -am test -Dformat.skip"
              + " -Dtest=ModulesTest,PlantedBugsTest#everyText* -Dsurefire.failIfNoSpecifiedTests=false";
      if (exec(tree, log, command.split(" ")) != 0) {
        throw new Mutant.Failure("the copy does not build, see " + log);
      }
      Files.createFile(built);
    }
    String reports =
        "stress-tests/target/surefire-reports/TEST-io.channel4j.stress.PlantedBugsTest.xml";
    String report = Files.readString(tree.resolve(reports));
    jdk = Path.of(property(report, "java.home"));
    String path = property(report, "java.class.path");
    List<String> entries = new ArrayList<>(List.of(path.split(File.pathSeparator)));
    // Surefire starts the tests with a launcher of JUnit's own version.
    for (String e : List.copyOf(entries)) {
      String launcher = e.replace("junit-platform-engine", "junit-platform-launcher");
      if (!entries.contains(launcher)) {
        entries.add(launcher);
      }
    }
    for (String module : List.of("conformance-tests", "channel-core", "channel-std")) {
      entries.add(tree.resolve(module).resolve("target/test-classes").toString());
    }
    entries.add(work.resolve("runner").toString());
    classPath = List.copyOf(entries);
    compile(
        work.resolve("runner"),
        "-cp",
        String.join(File.pathSeparator, classPath),
        top.resolve("stress-tests/mutants/RunTests.java").toString());
  }

  private static String property(String report, String name) {
    Matcher m =
        Pattern.compile("name=\"" + Pattern.quote(name) + "\" value=\"([^\"]*)").matcher(report);
    if (!m.find()) {
      throw new Mutant.Failure("the report of a test does not name " + name);
    }
    return m.group(1);
  }

  private void compile(Path to, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(jdk + "/bin/javac", "--release", "21", "-nowarn", "-proc:none"));
    command.addAll(List.of("-d", to.toString()));
    command.addAll(List.of(arguments));
    Path log = work.resolve("javac.log");
    if (exec(tree, log, command.toArray(String[]::new)) != 0) {
      throw new Mutant.Failure("javac says:\n" + Files.readString(log));
    }
  }

  /** Compiles one source in the mutant's form, to classes that come first on the class path. */
  void plant(Mutant m) throws Exception {
    delete(classes);
    Path changed = work.resolve("source").resolve(m.where() + ".java");
    Files.createDirectories(changed.getParent());
    Files.writeString(changed, m.mutate(tree));
    compile(classes, "-cp", String.join(File.pathSeparator, classPath), changed.toString());
  }

  // ---- the tests

  /** Runs tests, by their simple names, on a mutant or, if null, without one. */
  Run test(Suite suite, List<String> tests, Mutant m) throws Exception {
    Map<String, String> names = suite.classes(tree);
    for (int i = 0; i < 5; i++) {
      List<String> full = tests.stream().map(names::get).toList();
      Run run = suite == Suite.JCSTRESS ? stress(full, m) : junit(suite, full, m, "");
      if (run != null) {
        return run;
      }
      System.out.print("(the machine stood still: again) ");
    }
    throw new Mutant.Failure("the machine stands still too often");
  }

  private List<String> java(Mutant m) {
    String path = String.join(File.pathSeparator, classPath);
    if (m != null) {
      path = classes + File.pathSeparator + path;
    }
    return new ArrayList<>(List.of(jdk + "/bin/java", "-cp", path));
  }

  /**
   * A deadline counts if the same test keeps it without the mutant on the same busy machine; a
   * history that cannot be explained counts if there is another one in a second run.
   */
  boolean isCertain(Run caught, Mutant m) throws Exception {
    if (!caught.isLate() && !caught.isHistory()) {
      return true;
    }
    String full = caught.suite.classes(tree).get(caught.testClass());
    boolean late = caught.isLate();
    Run run = junit(caught.suite, List.of(full), late ? null : m, caught.testMethod());
    return run != null && late == (run.test == null);
  }

  /** Null if a deadline may have passed because the machine stood still. */
  private Run junit(Suite suite, List<String> tests, Mutant m, String method) throws Exception {
    List<String> command = java(m);
    command.addAll(List.of("-XX:+UseSerialGC", "-Donly.method=" + method));
    command.add("--sun-misc-unsafe-memory-access=allow");
    if (m != null || !method.isEmpty()) {
      command.add("-Dio.channel4j.conformance.deadline=" + DEADLINE_SECONDS);
      command.add("-Dmax.seconds=" + TEST_SECONDS);
    }
    command.addAll(suite.jvmFlags);
    command.addAll(List.of("RunTests", suite.tags()));
    command.addAll(tests);
    Path log = work.resolve("tests.log");
    int exit = exec(suite.module(tree), log, command.toArray(String[]::new));
    String runs = "the start";
    for (String line : Files.readAllLines(log)) {
      if (line.startsWith("RUNS ")) {
        runs = line.substring("RUNS ".length());
      } else if (line.startsWith("PASSED ")) {
        return new Run(suite, null, null, Integer.parseInt(line.substring("PASSED ".length())));
      } else if (line.startsWith("CAUGHT ")) {
        String[] words = line.split(" ", 3);
        return new Run(suite, words[1], words[2], 0);
      } else if (line.startsWith("STALLED ")) {
        return null;
      } else if (line.equals(ENDED)) {
        return new Run(suite, runs, "did not end", 0);
      }
    }
    String ended = "the tests did not report, at " + runs + ", exit " + exit;
    if (exit > 128) {
      System.out.print("(" + ended + ") "); // killed by somebody
      return null;
    }
    throw new Mutant.Failure(ended + ", see " + log);
  }

  /** jcstress is told to let the compiler reorder what it may. */
  private Run stress(List<String> tests, Mutant m) throws Exception {
    List<String> command = java(m);
    String options = "--actors 4 -m quick -sc false -iters 1 -time 200 -r jcstress-results/";
    command.add("io.channel4j.stress.StressMain");
    command.addAll(List.of(options.split(" ")));
    command.addAll(
        List.of(
            "-jvmArgs",
            "-XX:+UseParallelGC -XX:+UnlockDiagnosticVMOptions -XX:+StressLCM"
                + " -XX:+StressGCM -XX:+StressIGVN -XX:+StressCCP"));
    command.addAll(List.of("-t", "(" + String.join("|", tests).replace(".", "\\.") + ")\\b"));
    Path log = work.resolve("tests.log");
    exec(work, log, command.toArray(String[]::new));
    Pattern summary = Pattern.compile("jcstress: (\\d+) tests, .*");
    Pattern failure = Pattern.compile("FAILED: io\\.channel4j\\.stress\\.(\\S+) (.*)");
    int passed = 0;
    for (String line : Files.readAllLines(log)) {
      Matcher failed = failure.matcher(line);
      Matcher all = summary.matcher(line);
      if (failed.matches()) {
        return new Run(Suite.JCSTRESS, failed.group(1), failed.group(2), 0);
      } else if (line.equals(ENDED)) {
        return new Run(Suite.JCSTRESS, tests.toString(), "did not end", 0);
      } else if (all.matches()) {
        passed = Integer.parseInt(all.group(1));
      }
    }
    if (passed == 0) {
      throw new Mutant.Failure("jcstress did not report, see " + log);
    }
    return new Run(Suite.JCSTRESS, null, null, passed);
  }

  /** What the last tests said. */
  void keepLog(Path to) throws IOException {
    Files.copy(work.resolve("tests.log"), to, StandardCopyOption.REPLACE_EXISTING);
  }

  /** The version of the JDK that Maven chose. */
  String javaVersion() throws IOException {
    Properties release = new Properties();
    try (var reader = Files.newBufferedReader(jdk.resolve("release"))) {
      release.load(reader);
    }
    return release.getProperty("JAVA_VERSION").replace("\"", "");
  }

  /** All main sources of the modules that are tested, without comments and layout. */
  String mainSources() throws IOException {
    StringBuilder text = new StringBuilder();
    for (String module : List.of("channel-core", "channel-select")) {
      try (Stream<Path> files = Files.walk(tree.resolve(module).resolve("src/main/java"))) {
        for (Path f : files.filter(Files::isRegularFile).sorted().toList()) {
          String code = Files.readString(f).replaceAll("(?s)/\\*.*?\\*/|//[^\n]*", "");
          text.append(code.replaceAll("\\s+", " "));
        }
      }
    }
    return text.toString();
  }

  // ---- processes

  private static final String ENDED = "Ended after the time limit";

  /** A test of jcstress that hangs does so again and again, each time until jcstress gives up. */
  private static boolean hasHung(Path log) throws IOException {
    return Files.readString(log).matches("(?s).*, [1-9]\\d* hard errs\\).*");
  }

  private static int exec(Path in, Path log, String... command) throws Exception {
    Process p =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int limit = command[0].endsWith("/java") ? QUIET_SECONDS : BUILD_SECONDS;
    long size = 0;
    // Counted in waits, so that a pause of the machine is not taken for a hang.
    for (int quiet = 0; quiet < limit; quiet++) {
      if (p.waitFor(1, TimeUnit.SECONDS)) {
        return p.exitValue();
      }
      if (command[0].endsWith("/java") && hasHung(log)) {
        break;
      }
      long now = Files.size(log);
      quiet = now == size ? quiet : 0;
      size = now;
    }
    p.descendants().forEach(ProcessHandle::destroyForcibly);
    p.destroyForcibly().waitFor();
    Files.writeString(log, "\n" + ENDED + "\n", StandardOpenOption.APPEND);
    return -1;
  }

  private static void delete(Path top) throws IOException {
    if (Files.exists(top)) {
      try (Stream<Path> files = Files.walk(top)) {
        for (Path f : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(f);
        }
      }
    }
  }
}
