package io.channel4j.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The command line of {@link ShapeRunner}. */
final class Options {
  static final String USAGE =
      """
      usage: run [options]
        --peers a,b         columns, default channel4j,go,kotlin,jox,juc; also jctools and
                            channel4j-oneshot. A column is [label=]peer[@setting]..., where peer is
                            one of these names or a class that implements Peer, and settings are
                            JVM options (for go: variables) of this column:
                            --peers a=my.Prototype@-Dspin=0,b=my.Prototype@-Dspin=100
        --class-path PATH   where classes named in --peers are found
        --shapes x,y        rows, default all; a prefix names all that begin with it
        --rounds n          default 5
        --quick             2 rounds of short measurements: at most 5 minutes for the whole table
        --parallelism p     cores offered: carriers, Kotlin's core pool, GOMAXPROCS
        --jvm OPTION        a JVM option for all forks; may be repeated
        --isolate           a fork for each shape too, not only for each peer and round
        --baseline peer     what the ratios relate to, default channel4j
        --alloc             print bytes allocated per value, too
        --json FILE         default target/shapes.json
        --watchdog s        the longest that one batch may take, default 120
        --list              print shapes and peers, and end
        --help              print this
      """;

  final Path home = Path.of(System.getProperty("channel4j.bench.home", "."));
  List<Entrant> entrants = parsePeers("channel4j,go,kotlin,jox,juc");
  List<Shape> shapes = Shape.all();
  String classPath = System.getProperty("java.class.path");
  List<String> jvm = List.of();
  String baseline = Contenders.OURS;
  Path json = home.resolve("target").resolve("shapes.json");
  int rounds;
  int parallelism;
  int watchdogSeconds = 120;
  boolean quick;
  boolean isolate;
  boolean alloc;
  boolean list;
  boolean help;

  private Options() {}

  static Options parse(String[] args) {
    var options = new Options();
    var rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--quick" -> options.quick = true;
        case "--isolate" -> options.isolate = true;
        case "--alloc" -> options.alloc = true;
        case "--list" -> options.list = true;
        case "--help" -> options.help = true;
        default -> {
          if (!rest.hasNext()) {
            throw new IllegalArgumentException("unknown option or no value: " + option);
          }
          options.set(option, rest.next());
        }
      }
    }
    if (options.rounds == 0) {
      options.rounds = options.quick ? 2 : 5;
    }
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--peers" -> entrants = parsePeers(value);
      case "--shapes" -> shapes = parseShapes(value);
      case "--class-path" -> classPath += java.io.File.pathSeparator + value;
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--parallelism" -> parallelism = Integer.parseInt(value);
      case "--watchdog" -> watchdogSeconds = Integer.parseInt(value);
      case "--baseline" -> baseline = value;
      case "--json" -> json = Path.of(value);
      case "--jvm" -> {
        var all = new java.util.ArrayList<>(jvm);
        all.add(value);
        jvm = List.copyOf(all);
      }
      default -> throw new IllegalArgumentException("unknown option: " + option);
    }
  }

  ShapeFork.Plan plan() {
    return quick
        ? new ShapeFork.Plan(200, 3, 1_000, watchdogSeconds)
        : new ShapeFork.Plan(1_000, 7, 10_000, watchdogSeconds);
  }

  private static List<Entrant> parsePeers(String value) {
    return Arrays.stream(value.split(",")).map(Entrant::parse).toList();
  }

  private static List<Shape> parseShapes(String value) {
    List<String> prefixes = List.of(value.split(","));
    for (String prefix : prefixes) {
      if (Shape.all().stream().noneMatch(shape -> shape.id().startsWith(prefix))) {
        Shape.named(prefix); // throws, and names those that there are
      }
    }
    return Shape.all().stream()
        .filter(shape -> prefixes.stream().anyMatch(shape.id()::startsWith))
        .toList();
  }
}
