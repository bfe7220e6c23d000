package io.channel4j.benchmarks;

import static io.channel4j.benchmarks.Forks.say;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** The command: measures all peers side by side, and says what came out. */
public final class ShapeRunner {
  private static final Duration QUICK = Duration.ofMinutes(5);
  private static final int USAGE_STATUS = 64;

  private final Options options;
  private final Outcome outcome;
  private final Optional<GoProgram> go;
  private final Forks forks;
  private boolean failed;

  private ShapeRunner(Options options) throws InterruptedException {
    this.options = options;
    this.go = options.parts().stream().anyMatch(this::wantsGo) ? buildGo() : Optional.empty();
    this.forks = new Forks(options, go);
    var circumstances = new LinkedHashMap<String, Object>(Machine.describe(options));
    go.ifPresent(program -> circumstances.put("go", program.version()));
    circumstances.put("plan", options.plan().toString());
    if (options.divisor() > 1) {
      circumstances.put("batches divided by", options.divisor());
    }
    if (options.parallelism > 0) {
      circumstances.put("cores offered", options.parallelism);
    }
    if (!options.jvm.isEmpty()) {
      circumstances.put("jvm", options.jvm);
    }
    this.outcome = new Outcome(circumstances);
  }

  /** See {@link Options#USAGE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(USAGE_STATUS);
      return;
    }
    if (options.help) {
      System.out.print(Options.USAGE);
      return;
    }
    if (options.list) {
      options.shapes.forEach(shape -> System.out.println(shape.id()));
      System.out.println("peers: go, " + String.join(", ", Contenders.names()));
      return;
    }
    if (options.render.isPresent()) {
      var outcome = Outcome.read(options.render.get());
      print(outcome, options);
      publish(outcome, options);
      return;
    }
    var runner = new ShapeRunner(options);
    runner.measure();
    System.exit(runner.failed ? 1 : 0);
  }

  private void measure() throws IOException, InterruptedException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > 1) {
      say("load average %.1f: figures are worth little while anything else runs%n", load);
    }
    long start = commandStart();
    for (Part part : options.parts()) {
      var entrants =
          options.entrants(part).stream().filter(e -> !e.isGo() || go.isPresent()).toList();
      if (entrants.isEmpty()) {
        say("nobody is left for %s%n", part.id());
        failed = true;
      } else if (part == Part.FOOTPRINT) {
        weigh(entrants);
      } else {
        var deadline =
            options.quick
                ? new Deadline(start, QUICK.toNanos(), System::nanoTime)
                : Deadline.none();
        for (Entrant entrant : entrants) {
          if (entrant.without().isPresent()) {
            entrant.without().get().compile(options.home, options.classPath);
          }
        }
        var run = new TableRun(options, part, entrants, forks, deadline);
        outcome.add(run.table());
        run.measure(() -> outcome.write(options.json));
        failed |= run.endedBadly() || run.table().anyFailed();
      }
      outcome.write(options.json);
      start = System.nanoTime(); // each part has the time of a quick run to itself
    }
    print(outcome, options);
    say("%nwritten to %s%n", options.json);
    publish(outcome, options);
    if (failed) {
      say("FAILED: see above for who and where%n");
    }
  }

  private void weigh(List<Entrant> entrants) throws InterruptedException {
    var footprint = new Footprint(entrants.stream().map(Entrant::label).toList());
    outcome.set(footprint);
    for (Entrant entrant : entrants) {
      boolean well = false;
      try {
        well =
            forks.runFootprint(
                entrant,
                words -> {
                  footprint.put(words[1], entrant.label(), Double.parseDouble(words[2]));
                  say("footprint  %-17s  %-16s %8s bytes%n", entrant.label(), words[1], words[2]);
                });
      } catch (IOException | RuntimeException e) {
        say("%s: %s%n", entrant.label(), e);
      }
      if (!well) {
        say("%s FAILED in footprint%n", entrant.label());
        failed = true;
      }
    }
  }

  private boolean wantsGo(Part part) {
    return options.entrants(part).stream().anyMatch(Entrant::isGo);
  }

  private Optional<GoProgram> buildGo() throws InterruptedException {
    try {
      return GoProgram.build(options.home);
    } catch (IOException e) {
      say("go FAILED: %s%n", e);
      failed = true;
      return Optional.empty();
    }
  }

  /** What the build took counts too, if the script "run" says when it began. */
  private static long commandStart() {
    long began = Long.getLong("channel4j.bench.began", 0) * 1_000;
    long ago = began == 0 ? 0 : System.currentTimeMillis() - began;
    return System.nanoTime() - ago * 1_000_000;
  }

  private static void print(Outcome outcome, Options options) {
    outcome.circumstances().forEach(System.out::println);
    for (Table table : outcome.tables()) {
      var report = new Report(table);
      section(table.title() + ": median of rounds (fastest..slowest batch)", report.times());
      section(
          "times of " + table.baseline() + ": median [least..most of a round]", report.ratios());
      if (options.alloc) {
        section("bytes allocated, the batch's own threads included", report.allocations());
      }
      System.out.println();
      if (table.id().equals(Part.SHAPES.id())) {
        report.verdict().forEach(System.out::println);
      }
    }
    outcome.footprint().ifPresent(f -> section(Part.FOOTPRINT.title, f.grid()));
  }

  private static void section(String title, Grid grid) {
    System.out.printf("%n%s%n", title);
    System.out.print(grid.text());
  }

  private static void publish(Outcome outcome, Options options) throws IOException {
    if (options.publish) {
      var publisher = new Publisher(options.page);
      publisher.publish(outcome);
      say("published to %s%n", options.page);
    }
  }
}
