package io.channel4j.stress;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestList;

/**
 * Runs jcstress with the given options, says how many samples each test had, and fails where
 * jcstress itself ends well: when no test matches, when a test of the list did not run, and when
 * one ran without a sample.
 *
 * <p>One option is its own: {@code --actors N} runs tests of up to N actors also where there are
 * fewer processors. jcstress leaves such tests out; here it is told a system whose processors it
 * cannot count, so that it believes the number that the JVM is told. With an N below 4 it runs one
 * test at a time.
 */
public final class StressMain {
  private static final Pattern RESULTS =
      Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed");
  private static final Pattern RESULT_FILE = Pattern.compile("Test result blob: \"(.*)\"");

  private StressMain() {}

  /** Exits with 0 only if every test of the list that matches ran, and passed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    long start = System.nanoTime();
    List<String> options = List.of(args);
    int test = options.indexOf("-t");
    List<String> expected = expected(test < 0 ? "" : options.get(test + 1));
    var run = new Run();
    int exit = run(options, run);
    List<String> wrong = new ArrayList<>();
    if (expected.isEmpty()) {
      wrong.add("no test matches");
    }
    if (exit != 0) {
      wrong.add("jcstress exited with " + exit);
    }
    if (run.planned == 0 || run.passed < run.planned) {
      wrong.add(run.passed + " runs of " + run.planned + " passed");
    }
    List<String> page = new ArrayList<>();
    wrong.addAll(check(expected, run.resultFile, page));
    wrong.forEach(w -> System.out.println("FAILED: " + w));
    System.out.printf(
        "jcstress: %d tests, %d runs, %d passed%n", expected.size(), run.planned, run.passed);
    write(page, options, wrong, (System.nanoTime() - start) / 1_000_000_000L);
    if (!wrong.isEmpty()) {
      System.exit(1);
    }
  }

  private static List<String> expected(String filter) {
    Pattern pattern = Pattern.compile(filter);
    return TestList.tests().stream().filter(t -> pattern.matcher(t).find()).sorted().toList();
  }

  // ---- the run

  /** What jcstress says on the way. */
  private static final class Run {
    private int planned;
    private int passed;
    private @Nullable String resultFile;

    void read(String line) {
      Matcher results = RESULTS.matcher(line);
      if (results.find()) {
        planned = Integer.parseInt(results.group(1));
        passed = Integer.parseInt(results.group(2));
      }
      Matcher file = RESULT_FILE.matcher(line);
      if (file.find()) {
        resultFile = file.group(1);
      }
    }
  }

  private static int run(List<String> args, Run run) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(args)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = out.readLine()) != null; ) {
        System.out.println(line);
        run.read(line);
      }
    }
    return process.waitFor();
  }

  private static List<String> command(List<String> args) {
    var command = new ArrayList<String>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    // jcstress uses JNA, and hands this on to the JVMs that it starts.
    command.add("--enable-native-access=ALL-UNNAMED");
    var options = new ArrayList<>(args);
    int at = options.indexOf("--actors");
    if (at >= 0) {
      int actors = Integer.parseInt(options.get(at + 1));
      options.subList(at, at + 2).clear();
      if (actors > Runtime.getRuntime().availableProcessors()) {
        command.add("-Dos.name=Generic");
        command.add("-XX:ActiveProcessorCount=" + actors);
        options.addAll(List.of("-af", "NONE", "-spinStyle", "THREAD_YIELD"));
      }
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "org.openjdk.jcstress.Main"));
    command.addAll(options);
    return command;
  }

  // ---- the results

  /** Prints a line for each test, and adds one to the page; gives what is wrong. */
  private static List<String> check(
      List<String> expected, @Nullable String resultFile, List<String> page) throws IOException {
    if (resultFile == null) {
      return List.of("jcstress named no file of results");
    }
    var collector = new InProcessCollector();
    var disk = new DiskReadCollector(resultFile, collector);
    try {
      disk.dump();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    } finally {
      disk.close();
    }
    var byTest = new TreeMap<String, List<TestResult>>();
    for (TestResult result : collector.getTestResults()) {
      byTest.computeIfAbsent(result.getName(), name -> new ArrayList<>()).add(result);
    }
    var wrong = new ArrayList<String>();
    for (String test : expected) {
      List<TestResult> results = byTest.getOrDefault(test, List.of());
      long samples = results.stream().mapToLong(TestResult::getTotalCount).sum();
      long least = results.stream().mapToLong(TestResult::getTotalCount).min().orElse(0);
      System.out.printf(
          "%-60s %2d runs %,14d samples, at least %,d in each%n",
          test, results.size(), samples, least);
      page.add(
          "| %s | %d | %,d | %s |"
              .formatted(
                  test.substring(test.lastIndexOf("stress.") + 7),
                  results.size(),
                  samples,
                  interesting(results)));
      if (results.isEmpty()) {
        wrong.add(test + " did not run");
      } else if (least == 0) {
        wrong.add(test + " ran without a sample");
      }
      results.stream()
          .filter(r -> r.status() != Status.NORMAL || !r.grading().isPassed)
          .findFirst()
          .ifPresent(r -> wrong.add(test + " " + r.grading().failureMessages + r.getMessages()));
    }
    return wrong;
  }

  /** How often something happened that is allowed, and of interest. */
  private static String interesting(List<TestResult> results) {
    var counts = new TreeMap<String, Long>();
    for (TestResult result : results) {
      for (var graded : result.grading().gradingResults.values()) {
        if (graded.expect == Expect.ACCEPTABLE_INTERESTING && graded.count > 0) {
          counts.merge(graded.id, graded.count, Long::sum);
        }
      }
    }
    var text = new ArrayList<String>();
    counts.forEach((id, count) -> text.add("%s: %,d".formatted(id, count)));
    return String.join("; ", text);
  }

  /** The results page, beside jcstress's own: stress-results.md. */
  private static void write(
      List<String> rows, List<String> options, List<String> wrong, long seconds)
      throws IOException {
    var page = new ArrayList<String>();
    page.add("# jcstress: what races end in");
    page.add("");
    page.add("Options: `" + String.join(" ", options) + "`");
    page.add("");
    page.add(
        "JDK %s, %d processors, %d tests, %d s."
            .formatted(
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                rows.size(),
                seconds));
    page.add("");
    page.add(wrong.isEmpty() ? "Nothing forbidden was seen, and every test ran." : "FAILED:");
    wrong.forEach(w -> page.add("- " + w));
    page.add("");
    page.add("| test | runs | samples | interesting outcomes |");
    page.add("|---|---:|---:|---|");
    page.addAll(rows);
    Files.write(Path.of("stress-results.md"), page);
  }
}
