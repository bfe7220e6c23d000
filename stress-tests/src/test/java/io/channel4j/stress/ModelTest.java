package io.channel4j.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The models of the algorithm hold in the situations of src/model/checks.txt, and a model with a
 * mistake planted does not. TLC checks each in a JVM of its own, for it keeps statics.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES) // seconds, on a machine with nothing else to do
class ModelTest {
  private static final Path MODELS = Path.of("src/model").toAbsolutePath();
  private static final Path CHECKS = MODELS.resolve("checks.txt");
  private static final Path WORK = Path.of("target/model").toAbsolutePath();
  private static final boolean LONG = "long".equals(System.getProperty("channel4j.tla"));
  private static final String NO_MISTAKE = "none";
  private static final String HOLDS = "Model checking completed. No error has been found.";
  private static final String LAST_COUNT = " states left on queue.";
  private static final Pattern STATES =
      Pattern.compile(
          "([\\d,]+) states generated.*?, ([\\d,]+) distinct states found.*?, ([\\d,]+)"
              + LAST_COUNT);

  private static final List<String> results = new ArrayList<>();

  @BeforeAll
  static void makeRoom() throws IOException {
    Files.createDirectories(WORK);
  }

  /** The lines of checks.txt, which says what the columns mean. */
  private static List<String[]> lines() throws IOException {
    try (var lines = Files.lines(CHECKS)) {
      return lines.filter(l -> !l.startsWith("#")).map(l -> l.split("\\|", -1)).toList();
    }
  }

  /** In the short form the long ones are no tests at all, rather than tests that are skipped. */
  static Stream<Arguments> checks() throws IOException {
    return lines().stream()
        .filter(l -> LONG || !l[2].equals("long"))
        .map(l -> Arguments.of((Object[]) l));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("checks")
  void theModelHoldsAndAMistakeInItIsFound(
      String situation, String mistake, String length, String outcome) throws Exception {
    assertTrue(List.of("long", "short", "safety").contains(length), length);
    boolean liveness = LONG || !length.equals("safety");
    Said ended = check(situation, mistake, liveness);
    String said = ended.text;
    Matcher states = states(said);
    long distinct = count(states.group(2));
    String found = NO_MISTAKE.equals(mistake) ? "holds" : outcome;
    results.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %,d | %,d | %s | %.0f |",
            situation,
            mistake,
            found,
            count(states.group(1)),
            distinct,
            liveness && said.contains("temporal properties") ? "yes" : "",
            ended.cpu.toMillis() / 1e3));
    if (NO_MISTAKE.equals(mistake)) {
      assertTrue(said.contains(HOLDS), () -> "the model does not hold:\n" + said);
      assertEquals("0", states.group(3), "states left");
      long expected = Long.parseLong(outcome);
      assertTrue(distinct >= expected, () -> "only " + distinct + " states of " + expected);
    } else {
      assertFalse(said.contains(HOLDS), "the mistake was not found");
      assertTrue(said.contains(outcome), () -> "found something else:\n" + said);
    }
  }

  /** TLC's last line of counts; of its progress, if it failed when it printed how it went wrong. */
  private static Matcher states(String said) {
    Matcher m = STATES.matcher(said);
    assertTrue(m.find(Math.max(0, said.lastIndexOf('\n', said.lastIndexOf(LAST_COUNT)))), said);
    return m;
  }

  private static long count(String digits) {
    return Long.parseLong(digits.replace(",", ""));
  }

  /** A situation that no line names would be checked by nobody. */
  @Test
  void everySituationIsChecked() throws IOException {
    List<String> checked =
        lines().stream().filter(l -> l[1].equals(NO_MISTAKE)).map(l -> l[0]).sorted().toList();
    try (var files = Files.list(MODELS)) {
      assertEquals(
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".cfg"))
              .map(f -> f.substring(0, f.length() - ".cfg".length()))
              .sorted()
              .toList(),
          checked);
    }
  }

  @AfterAll
  static void writeResults() throws IOException {
    List<String> page = new ArrayList<>();
    page.add("# What TLC found");
    page.add("");
    page.add("| situation | mistake | outcome | states | distinct | liveness | CPU seconds |");
    page.add("|---|---|---|---|---|---|---|");
    page.addAll(results);
    Files.write(WORK.resolve("results.md"), page);
  }

  /** What TLC printed, and the time that it took. */
  private record Said(String text, Duration cpu) {}

  private static Said check(String situation, String mistake, boolean liveness) throws Exception {
    String config = Files.readString(MODELS.resolve(situation + ".cfg"));
    if (!liveness) {
      config = config.replaceAll("PROPERTIES .*", "");
    }
    String planted = config.replace("Bug = \"none\"", "Bug = \"" + mistake + "\"");
    assertTrue(mistake.equals(NO_MISTAKE) || !planted.equals(config), "nothing was planted");
    String name = situation + "-" + mistake.replace(' ', '_');
    Path work = WORK.resolve(name);
    Files.createDirectories(work);
    Path cfg = Files.writeString(WORK.resolve(name + ".cfg"), planted);
    Path out = WORK.resolve(name + ".txt");
    String spec = "MC" + situation.substring(0, situation.indexOf('-')) + ".tla";
    Process tlc =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", // with one worker it is the cheapest
                "-XX:TieredStopAtLevel=" + (LONG ? 4 : 1),
                "-Xmx1g",
                "-Djava.io.tmpdir=" + work,
                "-cp",
                Path.of(tlc2.TLC.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString(),
                "tlc2.TLC",
                "-workers",
                "1",
                "-metadir",
                work.resolve("states").toString(),
                "-config",
                cfg.toString(),
                spec)
            .directory(MODELS.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    Duration cpu = Duration.ZERO;
    try {
      while (!tlc.waitFor(50, TimeUnit.MILLISECONDS)) { // the time is known only of a live process
        cpu = tlc.info().totalCpuDuration().orElse(cpu);
      }
    } finally {
      tlc.destroyForcibly();
    }
    return new Said(Files.readString(out), cpu);
  }
}
