package io.channel4j.benchmarks;

import static io.channel4j.benchmarks.Forks.say;

import io.channel4j.benchmarks.Summary.Batch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/**
 * Measures one table. In every round each peer gets a process of its own that runs all shapes, so a
 * slow minute of the machine is shared by everybody and hits no peer alone.
 */
final class TableRun {
  private final Options options;
  private final Part part;
  private final List<Part.Row> rows;
  private final List<Entrant> entrants;
  private final Forks forks;
  private final Deadline deadline;
  private final Table table;
  private final int rounds;
  private boolean endedBadly;

  TableRun(Options options, Part part, List<Entrant> entrants, Forks forks, Deadline deadline) {
    this.options = options;
    this.part = part;
    this.rows = part.rows(options);
    this.entrants = entrants;
    this.forks = forks;
    this.deadline = deadline;
    this.rounds = options.rounds(part);
    this.table =
        Table.of(
            part.id(),
            part.title,
            options.baselines,
            rows.stream().map(Part.Row::name).toList(),
            entrants.stream().map(Entrant::label).toList());
  }

  /** Whether any process did not end well. */
  boolean endedBadly() {
    return endedBadly;
  }

  /** What was measured so far. */
  Table table() {
    return table;
  }

  /** Runs all rounds, and the callback after each. */
  void measure(RoundEnd roundEnd) throws IOException, InterruptedException {
    for (int round = 1; round <= rounds; round++) {
      if (round > 1 && !deadline.fits(round)) {
        say("no time for round %d of a quick run%n", round);
        return;
      }
      measure(round);
      roundEnd.run();
    }
  }

  @FunctionalInterface
  interface RoundEnd {
    void run() throws IOException;
  }

  private void measure(int round) throws InterruptedException {
    // Another order in each round, the same for all: which shape comes first in a process matters.
    var random = new Random(round);
    var shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    var turns = new ArrayList<>(entrants); // and who follows whom
    Collections.shuffle(turns, random);
    var groups = new TreeSet<>(rows.stream().map(Part.Row::parallelism).toList());
    int forksLeft = groups.size() * entrants.size();
    for (int parallelism : groups) {
      var group = shuffled.stream().filter(row -> row.parallelism() == parallelism).toList();
      for (Entrant entrant : turns) {
        long budget = deadline.shareMillis(forksLeft--);
        if (options.isolate) {
          for (Part.Row row : group) {
            run(round, entrant, List.of(row), budget / group.size());
          }
        } else {
          run(round, entrant, group, budget);
        }
      }
    }
  }

  /** Runs the shapes in one process, or in more if a shape ends its process. */
  private void run(int round, Entrant entrant, List<Part.Row> group, long budget)
      throws InterruptedException {
    var left = new LinkedHashMap<String, Part.Row>(); // by shape
    for (Part.Row row : group) {
      if (!table.cell(row.name(), entrant.label()).failed()) {
        left.put(row.shape().id(), row);
      }
    }
    while (!left.isEmpty()) {
      var arguments = new ArrayList<>(options.plan().withBudget(budget).arguments());
      arguments.add(
          String.join(
              ",",
              left.values().stream()
                  .map(row -> row.shape().divided(options.divisor()).spec())
                  .toList()));
      var reader = new Reader(round, entrant, left);
      boolean well = false;
      try {
        int parallelism = group.getFirst().parallelism();
        well = forks.runShapes(entrant, parallelism, arguments, reader::read);
      } catch (IOException | RuntimeException e) {
        say("%s: %s%n", entrant.label(), e);
      }
      if (well && left.isEmpty()) {
        return;
      }
      endedBadly = true;
      // Without a shape to blame it would only happen again.
      var culprits = reader.current.map(List::of).orElseGet(() -> List.copyOf(left.values()));
      for (Part.Row culprit : culprits) {
        say("%s FAILED in %s%n", entrant.label(), culprit.name());
        table.cell(culprit.name(), entrant.label()).state = Table.State.FAILED;
        left.remove(culprit.shape().id());
      }
    }
  }

  /** Follows one process line by line. */
  private final class Reader {
    private final int round;
    private final Entrant entrant;
    private final Map<String, Part.Row> left;
    private final List<Batch> batches = new ArrayList<>();
    private Optional<Part.Row> current = Optional.empty();

    /** Takes off {@code left} what was measured or cannot be. */
    Reader(int round, Entrant entrant, Map<String, Part.Row> left) {
      this.round = round;
      this.entrant = entrant;
      this.left = left;
    }

    void read(String[] words) {
      switch (words[0]) {
        case "#begin" -> current = Optional.ofNullable(left.get(words[1]));
        case "#warm" -> {} // a sign of life
        case "#batch" -> {
          double operations = Double.parseDouble(words[2]);
          batches.add(
              new Batch(
                  round,
                  Double.parseDouble(words[1]) / operations,
                  Double.parseDouble(words[3]) / operations));
        }
        case "#skip" -> left.remove(words[1]);
        case "#late" -> late(words[1]);
        case "#end" -> end(current.orElseThrow());
        default -> say("%s%n", String.join(" ", words));
      }
    }

    private void late(String shape) {
      var row = left.remove(shape);
      if (row != null) {
        table.cell(row.name(), entrant.label()).state = Table.State.LATE;
      }
    }

    private void end(Part.Row row) {
      left.remove(row.shape().id());
      current = Optional.empty();
      if (!batches.isEmpty()) {
        table.cell(row.name(), entrant.label()).batches.addAll(batches);
        say(
            "%s round %d/%d  %-17s  %-26s %10.1f ns%n",
            part.id(),
            round,
            rounds,
            entrant.label(),
            row.name(),
            Summary.of(batches, Batch::nanos).median());
        batches.clear();
      }
    }
  }
}
