package io.channel4j.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes down the JDK and the class path that the build chose, so that the script "run" starts the
 * measurement without a Maven around it.
 */
public final class Launch {
  private Launch() {}

  /** Argument: the folder to write to. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Files.writeString(folder.resolve("java"), java.toString());
    Files.writeString(folder.resolve("class-path"), System.getProperty("java.class.path"));
  }
}
