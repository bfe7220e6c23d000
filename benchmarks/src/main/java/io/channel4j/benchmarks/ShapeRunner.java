package io.channel4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Measures all peers side by side. In every round each peer gets a process of its own that runs all
 * shapes, so a slow minute of the machine is shared by everybody and hits no peer alone.
 */
public final class ShapeRunner {
  private static final long QUICK_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Options options;
  private final List<Entrant> entrants;
  private final Optional<GoProgram> go;
  private final Results results = new Results();

  private ShapeRunner(Options options) throws IOException, InterruptedException {
    this.options = options;
    boolean wantsGo = options.entrants.stream().anyMatch(Entrant::isGo);
    this.go = wantsGo ? GoProgram.build(options.home) : Optional.empty();
    this.entrants = options.entrants.stream().filter(e -> !e.isGo() || go.isPresent()).toList();
  }

  /** See {@link Options#USAGE}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + Options.USAGE);
      System.exit(64);
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
    var runner = new ShapeRunner(options);
    runner.measure();
    System.exit(runner.results.anyFailed() ? 1 : 0);
  }

  private void measure() throws IOException, InterruptedException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > 1) {
      say("load average %.1f: figures are worth little while anything else runs%n", load);
    }
    long start = System.nanoTime();
    for (int round = 1; round <= options.rounds; round++) {
      if (options.quick && round > 1 && !fitsQuick(System.nanoTime() - start, round)) {
        say("no time for round %d of a quick run%n", round);
        break;
      }
      // Another order in each round, the same for all: which shape comes first in a process
      // matters.
      var shapes = new ArrayList<>(options.shapes);
      Collections.shuffle(shapes, new Random(round));
      for (Entrant entrant : entrants) {
        if (options.isolate) {
          for (Shape shape : shapes) {
            run(round, entrant, List.of(shape));
          }
        } else {
          run(round, entrant, shapes);
        }
      }
      writeJson();
    }
    var report = new Report(options, entrants, results);
    System.out.println();
    System.out.print(report.times());
    if (options.alloc) {
      System.out.println();
      System.out.print(report.allocations());
    }
    say("%nwritten to %s%n", options.json);
  }

  /** Whether another round like those before it ends in time. */
  private static boolean fitsQuick(long nanosSoFar, int round) {
    return nanosSoFar / (round - 1) * round < QUICK_NANOS;
  }

  /** Runs the shapes in one process, or in more if a shape ends its process. */
  private void run(int round, Entrant entrant, List<Shape> shapes)
      throws IOException, InterruptedException {
    var left = new ArrayList<>(shapes);
    left.removeIf(shape -> results.cell(shape, entrant).failed);
    while (!left.isEmpty()) {
      var process = start(entrant, left);
      var reader = new ForkReader(round, entrant, left, process);
      reader.readAll();
      if (process.waitFor() == 0 && left.isEmpty()) {
        return;
      }
      // Without a shape to blame it would only happen again.
      Shape culprit = reader.current.orElse(left.getFirst());
      say("%s failed in %s%n", entrant.label(), culprit.id());
      results.cell(culprit, entrant).failed = true;
      if (reader.current.isEmpty()) {
        left.forEach(shape -> results.cell(shape, entrant).failed = true);
        return;
      }
      left.remove(culprit);
    }
  }

  private Process start(Entrant entrant, List<Shape> shapes) throws IOException {
    var command = new ArrayList<String>();
    if (entrant.isGo()) {
      command.add(go.orElseThrow().binary().toString());
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", options.classPath));
      if (options.parallelism > 0) {
        command.add("-Djdk.virtualThreadScheduler.parallelism=" + options.parallelism);
        command.add("-Dkotlinx.coroutines.scheduler.core.pool.size=" + options.parallelism);
      }
      command.addAll(options.jvm);
      command.addAll(entrant.settings());
      command.add(ShapeFork.class.getName());
      command.add(entrant.target());
    }
    command.addAll(options.plan().arguments());
    command.add(String.join(",", shapes.stream().map(Shape::id).toList()));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (entrant.isGo()) {
      if (options.parallelism > 0) {
        builder.environment().put("GOMAXPROCS", Integer.toString(options.parallelism));
      }
      for (String setting : entrant.settings()) {
        String[] variable = setting.split("=", 2);
        builder.environment().put(variable[0], variable[1]);
      }
    }
    return builder.start();
  }

  /** Follows one process line by line. */
  private final class ForkReader {
    private final int round;
    private final Entrant entrant;
    private final List<Shape> left;
    private final Process process;
    private volatile long lastLine = System.nanoTime();
    Optional<Shape> current = Optional.empty();

    /** Takes off {@code left} what was measured or cannot be. */
    ForkReader(int round, Entrant entrant, List<Shape> left, Process process) {
      this.round = round;
      this.entrant = entrant;
      this.left = left;
      this.process = process;
    }

    void readAll() throws IOException {
      Thread.ofPlatform().daemon().start(this::endWhenSilent);
      try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
        read(lines);
      }
    }

    private void read(BufferedReader lines) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        lastLine = System.nanoTime();
        String[] words = line.split(" ");
        switch (words[0]) {
          case "#begin" -> current = Optional.of(Shape.named(words[1]));
          case "#warm" -> {} // a sign of life
          case "#batch" -> add(words);
          case "#skip" -> left.remove(Shape.named(words[1]));
          case "#end" -> {
            left.remove(current.orElseThrow());
            progress(current.orElseThrow());
            current = Optional.empty();
          }
          default -> System.err.println(line);
        }
      }
    }

    private void add(String[] words) {
      results
          .cell(current.orElseThrow(), entrant)
          .batches
          .add(
              new Results.Batch(
                  round,
                  Long.parseLong(words[1]),
                  Long.parseLong(words[2]),
                  Long.parseLong(words[3])));
    }

    private void progress(Shape shape) {
      var batches =
          results.cell(shape, entrant).batches.stream().filter(b -> b.round() == round).toList();
      if (!batches.isEmpty()) {
        double median = Results.Summary.of(batches, Results.Batch::nanosPerOperation).median();
        say(
            "round %d/%d  %-14s  %-18s %10.1f ns%n",
            round, options.rounds, entrant.label(), shape.id(), median);
      }
    }

    /** The fork has a watchdog of its own; this is for one that has lost it, and for Go. */
    private void endWhenSilent() {
      long limit = TimeUnit.SECONDS.toNanos(options.watchdogSeconds + 45L);
      try {
        while (!process.waitFor(1, TimeUnit.SECONDS)) {
          if (System.nanoTime() - lastLine > limit) {
            say("%s is silent, ending it%n", entrant.label());
            process.destroyForcibly();
          }
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  private void writeJson() throws IOException {
    var document = new LinkedHashMap<String, Object>(Machine.describe(options));
    go.ifPresent(program -> document.put("go", program.version()));
    document.put("rounds", options.rounds);
    document.put("plan", options.plan().toString());
    document.put("parallelism", options.parallelism);
    document.put("jvm", options.jvm);
    var rows = new ArrayList<Object>();
    for (Shape shape : options.shapes) {
      for (Entrant entrant : entrants) {
        var cell = results.cell(shape, entrant);
        if (!cell.isEmpty()) {
          rows.add(row(shape, entrant, cell));
        }
      }
    }
    document.put("results", rows);
    Path folder = options.json.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(options.json, Json.write(document));
  }

  private static Map<String, Object> row(Shape shape, Entrant entrant, Results.Cell cell) {
    var row = new LinkedHashMap<String, Object>();
    row.put("shape", shape.id());
    row.put("peer", entrant.label());
    row.put("settings", entrant.settings());
    row.put("failed", cell.failed);
    row.put("nsMedian", cell.time().median());
    row.put("nsMin", cell.time().min());
    row.put("nsMax", cell.time().max());
    row.put("bytesMedian", cell.allocation().median());
    row.put("rounds", cell.batches.stream().map(Results.Batch::round).toList());
    row.put("ns", cell.batches.stream().map(Results.Batch::nanosPerOperation).toList());
    row.put("bytes", cell.batches.stream().map(Results.Batch::bytesPerOperation).toList());
    return row;
  }

  private static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format, values);
  }
}
