package io.channel4j.stress;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs jcstress with the given options and fails where jcstress itself ends well: when no test
 * matches, and when a test could not be scheduled.
 *
 * <p>One option is its own: {@code --actors N} runs tests of up to N actors also where there are
 * fewer processors. jcstress leaves such tests out; here it is told a system whose processors it
 * cannot count, so that it believes the number that the JVM is told.
 */
public final class StressMain {
  private static final Pattern RESULTS =
      Pattern.compile("\\(Results: (\\d+) planned; (\\d+) passed, (\\d+) failed");

  private StressMain() {}

  /** Exits with 0 only if at least one test was planned, and all that were planned passed. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var summary = run(List.of(args));
    System.out.println(summary);
    if (!summary.good()) {
      System.exit(1);
    }
  }

  private static Summary run(List<String> args) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command(args)).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var summary = Summary.NONE;
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line; (line = out.readLine()) != null; ) {
        System.out.println(line);
        summary = summary.with(line);
      }
    }
    return summary.exited(process.waitFor());
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

  /** What jcstress has said so far; its last line of results counts. */
  private record Summary(int planned, int passed, int failed, boolean leftOut, int exit) {
    static final Summary NONE = new Summary(0, 0, 0, false, 0);

    Summary with(String line) {
      if (line.contains("No scheduling is possible") || line.contains("FATAL")) {
        return new Summary(planned, passed, failed, true, exit);
      }
      Matcher results = RESULTS.matcher(line);
      return results.find()
          ? new Summary(
              Integer.parseInt(results.group(1)),
              Integer.parseInt(results.group(2)),
              Integer.parseInt(results.group(3)),
              leftOut,
              exit)
          : this;
    }

    Summary exited(int code) {
      return new Summary(planned, passed, failed, leftOut, code);
    }

    boolean good() {
      return exit == 0 && !leftOut && planned > 0 && passed == planned;
    }

    @Override
    public String toString() {
      return "jcstress: %d passed, %d failed of %d planned%s"
          .formatted(passed, failed, planned, leftOut ? "; some could not run" : "");
    }
  }
}
