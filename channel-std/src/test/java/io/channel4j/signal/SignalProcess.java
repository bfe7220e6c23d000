package io.channel4j.signal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program of {@link SignalPrograms} as a process. */
final class SignalProcess implements AutoCloseable {
  private static final long SECONDS_TO_LIVE = 50;
  private static final boolean RESETS_SIGNALS = resetsSignals();

  private final Process process;
  private final BufferedReader out;

  private SignalProcess(List<String> command) throws IOException {
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    out = process.inputReader(UTF_8);
    // A read of a pipe cannot be interrupted: so that a hang fails, and the test goes on.
    CompletableFuture.delayedExecutor(SECONDS_TO_LIVE, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
  }

  static SignalProcess start(String... args) throws IOException {
    return new SignalProcess(withDefaultSignals(java(List.of(), args)));
  }

  static SignalProcess startWith(String jvmFlag, String... args) throws IOException {
    return new SignalProcess(withDefaultSignals(java(List.of(jvmFlag), args)));
  }

  /**
   * A shell starts what runs in the background with INT and QUIT ignored, children inherit that,
   * and no JVM takes it back: so the tests would depend on how they were started. GNU's env can
   * reset it.
   */
  private static List<String> withDefaultSignals(List<String> java) {
    if (!RESETS_SIGNALS) {
      return java;
    }
    var command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
    command.addAll(java);
    return command;
  }

  private static boolean resetsSignals() {
    try {
      return new ProcessBuilder("env", "--default-signal=INT", "true")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // there is no such program
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** With a signal ignored from the start, as nohup does for HUP. */
  static SignalProcess startIgnoring(String signal, String... args) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "trap '' " + signal + "; exec \"$@\"", "sh"));
    command.addAll(java(List.of(), args));
    return new SignalProcess(command);
  }

  private static List<String> java(List<String> flags, String... args) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.addAll(flags);
    command.add("-cp");
    command.add(
        Stream.of("java.class.path", "jdk.module.path")
                .map(System::getProperty)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(File.pathSeparator))
            + File.pathSeparator
            + testClasses());
    command.add(SignalPrograms.class.getName());
    command.addAll(List.of(args));
    return command;
  }

  /** Patched into the module, they are on neither path. */
  private static String testClasses() {
    return new File(System.getProperty("basedir", ""), "target/test-classes").getAbsolutePath();
  }

  SignalProcess says(String... lines) throws IOException {
    for (String line : lines) {
      assertEquals(line, readLine());
    }
    return this;
  }

  private @Nullable String readLine() throws IOException {
    return out.readLine();
  }

  SignalProcess kill(String signal) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "" + process.pid()).start();
    assertEquals(0, kill.waitFor());
    return this;
  }

  void endsWith(int status) throws Exception {
    assertEquals(null, readLine());
    assertEquals(status, process.waitFor());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
