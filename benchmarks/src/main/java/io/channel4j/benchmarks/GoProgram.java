package io.channel4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The Go twin of {@link ShapeFork}: found, built and ready to be started. */
record GoProgram(Path binary, String version) {
  private static final String VARIABLE = "CHANNEL4J_GO";

  /**
   * Generates the select statements and builds go/, if there is a Go to do it with.
   *
   * @throws IOException if there is one and it fails
   */
  static Optional<GoProgram> build(Path home) throws IOException, InterruptedException {
    Optional<Path> go = find();
    if (go.isEmpty()) {
      System.err.printf(
          "Go is left out: there is no go on the PATH, and %s does not name one%n", VARIABLE);
      return Optional.empty();
    }
    String command = go.get().toString();
    Path target = Files.createDirectories(home.toAbsolutePath().resolve("target"));
    Path binary = target.resolve("shapes-go");
    run(home, command, "generate", "./...");
    run(home, command, "build", "-buildvcs=false", "-o", binary.toString(), ".");
    return Optional.of(new GoProgram(binary, Machine.ask(home, command, "version")));
  }

  private static void run(Path home, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(home.resolve("go").toFile()).inheritIO();
    builder.environment().put("GOTOOLCHAIN", "local"); // never download another one
    if (builder.start().waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }

  private static Optional<Path> find() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Optional.of(Path.of(named).toAbsolutePath()).filter(Files::isExecutable);
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
