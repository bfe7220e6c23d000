package io.channel4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts the processes that measure, and listens to them. */
final class Forks {
  private static final int UNSAFE_WARNS_FROM = 23;

  private final Options options;
  private final Optional<GoProgram> go;

  Forks(Options options, Optional<GoProgram> go) {
    this.options = options;
    this.go = go;
  }

  /** Runs shapes; the arguments are those of {@link ShapeFork} without the first. */
  boolean runShapes(
      Entrant entrant, int parallelism, List<String> arguments, Consumer<String[]> line)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    if (entrant.isGo()) {
      command.addAll(List.of(go.orElseThrow().binary().toString(), "shapes"));
    } else {
      command.addAll(java(entrant, parallelism, List.of()));
      command.add(ShapeFork.class.getName());
      command.add(entrant.target());
    }
    command.addAll(arguments);
    return follow(command, entrant, parallelism, line);
  }

  /** Weighs channels and waiting threads. */
  boolean runFootprint(Entrant entrant, Consumer<String[]> line)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    String count = Integer.toString(options.parked);
    if (entrant.isGo()) {
      command.addAll(List.of(go.orElseThrow().binary().toString(), "footprint", count));
    } else {
      var jol = new ArrayList<String>();
      jol.add("-Djdk.attach.allowAttachSelf=true"); // JOL asks the JVM itself
      jol.add("-XX:+EnableDynamicAgentLoading");
      jol.add("-Djol.skipHotspotSAAttach=true"); // and nobody else
      if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
        jol.add("--sun-misc-unsafe-memory-access=allow");
      }
      command.addAll(java(entrant, options.parallelism, jol));
      command.addAll(List.of(FootprintFork.class.getName(), entrant.target(), count));
      command.add(Integer.toString(options.watchdogSeconds));
    }
    return follow(command, entrant, options.parallelism, line);
  }

  private List<String> java(Entrant entrant, int parallelism, List<String> more) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String classPath = options.classPath;
    command.add("-cp");
    command.add(entrant.without().map(a -> a.classPath(options.home, classPath)).orElse(classPath));
    if (parallelism > 0) {
      command.add("-Djdk.virtualThreadScheduler.parallelism=" + parallelism);
      command.add("-Dkotlinx.coroutines.scheduler.core.pool.size=" + parallelism);
    }
    command.addAll(more);
    command.addAll(options.jvm);
    command.addAll(entrant.settings());
    return command;
  }

  /** Whether the process ended well. Calls back with the words of each line that begins with #. */
  private boolean follow(
      List<String> command, Entrant entrant, int parallelism, Consumer<String[]> line)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    if (entrant.isGo()) {
      if (parallelism > 0) {
        builder.environment().put("GOMAXPROCS", Integer.toString(parallelism));
      }
      for (String setting : entrant.settings()) {
        String[] variable = setting.split("=", 2);
        builder.environment().put(variable[0], variable[1]);
      }
    }
    var listener = new Listener(builder.start(), entrant.label());
    listener.listen(line);
    return listener.process.waitFor() == 0;
  }

  private final class Listener {
    private final Process process;
    private final String label;
    private volatile long lastLine = System.nanoTime();

    Listener(Process process, String label) {
      this.process = process;
      this.label = label;
    }

    void listen(Consumer<String[]> consumer) throws IOException {
      Thread.ofPlatform().daemon().start(this::endWhenSilent);
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          lastLine = System.nanoTime();
          if (!line.startsWith("#")) {
            System.err.println(line);
          } else if (!line.startsWith("# ")) { // so JOL says what it does without
            consumer.accept(line.split(" "));
          }
        }
      }
    }

    /** The fork has a watchdog of its own; this is for one that has lost it, and for Go. */
    private void endWhenSilent() {
      long limit = TimeUnit.SECONDS.toNanos(options.watchdogSeconds + 45L);
      try {
        while (!process.waitFor(1, TimeUnit.SECONDS)) {
          if (System.nanoTime() - lastLine > limit) {
            say("%s is silent, ending it%n", label);
            process.destroyForcibly();
          }
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
      }
    }
  }

  static void say(String format, Object... values) {
    System.err.printf(Locale.ROOT, format, values);
  }
}
