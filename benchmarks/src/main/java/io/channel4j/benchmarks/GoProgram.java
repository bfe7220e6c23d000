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

  /** Builds go/main.go, if there is a Go to do it with. */
  static Optional<GoProgram> build(Path home) throws IOException, InterruptedException {
    Optional<Path> go = find();
    if (go.isEmpty()) {
      System.err.printf("Go is left out: no go on PATH, and %s does not name one%n", VARIABLE);
      return Optional.empty();
    }
    Path target = Files.createDirectories(home.toAbsolutePath().resolve("target"));
    Path binary = target.resolve("shapes-go");
    var builder =
        new ProcessBuilder(
                go.get().toString(), "build", "-buildvcs=false", "-o", binary.toString(), ".")
            .directory(home.resolve("go").toFile())
            .inheritIO();
    builder.environment().put("GOTOOLCHAIN", "local"); // never download another one
    if (builder.start().waitFor() != 0) {
      throw new IOException("go build failed");
    }
    return Optional.of(new GoProgram(binary, Machine.ask(home, go.get().toString(), "version")));
  }

  private static Optional<Path> find() {
    String named = System.getenv(VARIABLE);
    if (named != null) {
      return Optional.of(Path.of(named)).filter(Files::isExecutable);
    }
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, "go"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
