package io.channel4j.stress.soak;

import io.channel4j.test.Jitter;
import io.channel4j.test.Watchdog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs random programs for a time and fails on the first value that is lost, doubled or out of
 * order, on the first operation that ends in a way that Go does not know, and when nothing gets on.
 *
 * <p>System properties: {@code soak.time}, as PT30S or PT2H; {@code soak.seed}, the seed of the
 * first round, each later round has the next one; {@code soak.rounds}, at most so many. A failure
 * names the seed of its round: with that and one round the same program runs again, though not in
 * the same schedule, which is the machine's; so repeat it with a few hundred rounds of that very
 * seed, {@code soak.same=true}.
 *
 * <p>With {@code io.channel4j.seam=true} every other round jitters.
 */
public final class Soak {
  private static final Duration TIME = Duration.parse(System.getProperty("soak.time", "PT30S"));
  private static final long SEED = Long.getLong("soak.seed", System.nanoTime());
  private static final long ROUNDS = Long.getLong("soak.rounds", Long.MAX_VALUE);
  private static final boolean SAME = Boolean.getBoolean("soak.same");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Soak() {}

  /** Exits with 0 if nothing was wrong, and at least one round ended. */
  public static void main(String[] args) throws IOException, InterruptedException {
    var counts = new Counts();
    long start = System.nanoTime();
    long points = 0;
    long reported = start;
    System.out.println("soak: seed " + SEED + " for " + TIME);
    for (long n = 0; n < ROUNDS && System.nanoTime() - start < TIME.toNanos(); n++) {
      long seed = SAME ? SEED : SEED + n;
      boolean jitters = Jitter.isAvailable() && n % 2 == 1;
      try {
        points += round(seed, jitters, counts);
      } catch (AssertionError e) {
        System.out.println(
            "FAILED: round %d, seed %d%s".formatted(n, seed, jitters ? ", with jitter" : ""));
        e.printStackTrace(System.out);
        System.exit(1);
      }
      if (System.nanoTime() - reported > 60_000_000_000L) {
        reported = System.nanoTime();
        System.out.println("soak: " + n + " rounds so far");
      }
    }
    counts.add("jitter points", points);
    long seconds = (System.nanoTime() - start) / 1_000_000_000L;
    write(counts, seconds);
    System.out.printf(
        "soak: %,d rounds, %,d goroutines, %,d values, %,d interrupts, %d s%n",
        counts.get("rounds"),
        counts.get("goroutines"),
        counts.get("values sent"),
        counts.get("interrupts"),
        seconds);
    if (counts.get("values sent") == 0) {
      System.out.println("FAILED: nothing was sent");
      System.exit(1);
    }
  }

  /** How many times somebody could be held up. */
  private static long round(long seed, boolean jitters, Counts counts) throws InterruptedException {
    try (var watchdog = new Watchdog(PATIENCE)) {
      if (!jitters) {
        new Round(seed, watchdog, counts).run();
        return 0;
      }
      try (Jitter jitter = Jitter.start(seed)) {
        new Round(seed, watchdog, counts).run();
        return jitter.points();
      }
    }
  }

  private static void write(Counts counts, long seconds) throws IOException {
    List<String> page = new ArrayList<>();
    page.add("# Soak");
    page.add("");
    page.add("Seed %d, %d s, JDK %s.".formatted(SEED, seconds, Runtime.version()));
    page.add("");
    page.add("| what | how often |");
    page.add("|---|---:|");
    counts.sorted().forEach((what, n) -> page.add("| %s | %,d |".formatted(what, n.sum())));
    Files.write(Path.of("soak-results.md"), page);
  }
}
