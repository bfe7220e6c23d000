package io.channel4j.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** An example that runs in a JVM of its own, the JDK and class path being those of the test. */
final class ExampleProcess implements AutoCloseable {
  private static final boolean RESETS_SIGNALS = resetsSignals();

  private static final Executor IN_45_SECONDS = CompletableFuture.delayedExecutor(45, SECONDS);

  /** The examples are short, and two processors are all there may be. */
  private static final List<String> QUICK_START =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final Process process;
  private final BufferedReader out;
  private final Path errors;

  private ExampleProcess(Process process, Path errors) {
    this.process = process;
    this.out = process.inputReader(UTF_8);
    this.errors = errors;
  }

  /**
   * A shell starts what runs in the background with INT ignored, children inherit that, and no JVM
   * takes it back. GNU's env can.
   */
  private static boolean resetsSignals() {
    try {
      return new ProcessBuilder("env", "--default-signal=INT", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  static ExampleProcess start(Class<?> example, String... arguments) throws IOException {
    return start(Path.of("."), example, List.of(arguments));
  }

  static ExampleProcess start(Path directory, Class<?> example, List<String> arguments)
      throws IOException {
    Path errors = Files.createTempFile("example", ".err");
    var command = new ArrayList<String>();
    if (RESETS_SIGNALS) {
      command.addAll(List.of("env", "--default-signal=INT,TERM"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(QUICK_START);
    command.add("-Dstdout.encoding=UTF-8");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(example.getName());
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(errors.toFile())
            .start();
    IN_45_SECONDS.execute(process::destroyForcibly); // one that hangs fails its test
    return new ExampleProcess(process, errors);
  }

  /** Runs an example that reads nothing and finds no fault, and gives the lines that it prints. */
  static List<String> run(Class<?> example, String... arguments)
      throws IOException, InterruptedException {
    try (var process = start(example, arguments)) {
      List<String> lines = process.rest();
      assertEquals(List.of(), process.errors());
      return lines;
    }
  }

  /** Waits for a line of output, and gives all up to it. */
  List<String> linesUntil(String line) throws IOException {
    var lines = new ArrayList<String>();
    do {
      String next = out.readLine();
      assertNotNull(next, () -> line + " is missing in " + lines + "\n" + errors());
      lines.add(next);
    } while (!lines.getLast().equals(line));
    return lines;
  }

  /** Waits for a line such as "app on port 8080", and gives the number. */
  int port(String server) throws IOException {
    String line = nextLine();
    String start = server + " on port ";
    assertTrue(line.startsWith(start), () -> line + "\n" + errors());
    return Integer.parseInt(line.substring(start.length()));
  }

  /** Waits for the next line of output. */
  String nextLine() throws IOException {
    return String.valueOf(out.readLine());
  }

  void pressEnter() throws IOException {
    var in = process.outputWriter(UTF_8);
    in.newLine();
    in.flush();
  }

  void endInput() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for the end of an example that ends well, and gives what it had left to print. */
  List<String> rest() throws IOException, InterruptedException {
    return rest(0);
  }

  /** Waits for the end, whatever it is, and gives what was left to print. */
  List<String> rest(int exitStatus) throws IOException, InterruptedException {
    List<String> lines = out.lines().toList();
    assertEquals(exitStatus, process.waitFor(), () -> lines + "\n" + errors());
    return lines;
  }

  /** Sends a signal, as a terminal or a supervisor does. */
  void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()));
    assertEquals(0, kill.inheritIO().start().waitFor());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  List<String> errors() {
    try {
      return Files.readAllLines(errors);
    } catch (IOException e) {
      return List.of(e.toString());
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }
}
