import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A kind of tests, and the JVM that they want. */
enum Suite {
  CONFORMANCE("conformance", "conformance-tests/src/test/java"),
  CORE("channel-core", "channel-core/src/test/java"),
  STOPS(
      "stopped threads",
      "conformance-tests/src/test/java",
      "-Dio.channel4j.seam=true",
      "-XX:TieredStopAtLevel=1"),
  STD("channel-std", "channel-std/src/test/java"),
  STD_STOPS(
      "stopped threads",
      "channel-std/src/test/java",
      "-Dio.channel4j.seam=true",
      "-XX:TieredStopAtLevel=1"),
  /** Waiting, schedule by schedule; the flags are those of stress-tests/pom.xml. */
  LINCHECK(
      "Lincheck",
      "stress-tests/src/test/java",
      "-XX:+EnableDynamicAgentLoading",
      "-Xshare:off",
      "-XX:TieredStopAtLevel=1",
      "-Djdk.virtualThreadScheduler.parallelism=1"),
  JCSTRESS("jcstress", "stress-tests/src/main/java");

  private static final String SEAM = "@Tag(\"seam\")\n";
  private static final String MODEL = "@Tag(\"model\")\n";

  final String title;
  final List<String> jvmFlags;
  private final String sources;

  Suite(String title, String sources, String... jvmFlags) {
    this.title = title;
    this.sources = sources;
    this.jvmFlags = List.of(jvmFlags);
  }

  /** Where its tests run: some read files of their module. */
  Path module(Path tree) {
    return tree.resolve(sources.substring(0, sources.indexOf('/')));
  }

  /** JUnit's tag expression for its tests; those without a tag have none of these two. */
  String tags() {
    return switch (this) {
      case STOPS, STD_STOPS -> "seam";
      case LINCHECK -> "model";
      default -> "!seam & !model";
    };
  }

  /** Whether a mutant that its own tests did not catch is tried on all of this. */
  boolean isForAll() {
    return this == CONFORMANCE || this == CORE || this == STOPS;
  }

  /** The test classes in a copy of the project: full names by simple names. */
  Map<String, String> classes(Path tree) throws IOException {
    Path top = tree.resolve(sources);
    Map<String, String> classes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(top)) {
      for (Path f : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = top.relativize(f).toString().replace(".java", "").replace('/', '.');
        if ((this == JCSTRESS || name.endsWith("Test")) && has(Files.readString(f))) {
          classes.put(name.substring(name.lastIndexOf('.') + 1), name);
        }
      }
    }
    return classes;
  }

  private boolean has(String source) {
    return switch (this) {
      case JCSTRESS -> source.contains("@JCStressTest");
      case LINCHECK -> source.contains(MODEL);
      case STOPS, STD_STOPS -> source.contains(SEAM);
      default -> !source.contains("\n" + SEAM + "class ") && !source.contains("\n" + MODEL);
    };
  }
}
