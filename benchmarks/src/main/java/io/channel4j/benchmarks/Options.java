package io.channel4j.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line of {@link ShapeRunner}. */
final class Options {
  static final String USAGE =
      """
      usage: run [options]

      What to measure (default: the table):
        --quick             the table in at most 5 minutes
        --sweep a,b         cost against the number of cases, goroutines, close (waiters), cores
        --sweeps            all four
        --ablation          the library without one of its mechanisms, by turns: see ablations.md
        --footprint         bytes per channel and per waiting goroutine
        --all               the table, the sweeps, the ablation and the footprint
        --shapes x,y        rows of the table, default all; a prefix names all that begin with it
        --alloc             print bytes allocated per value, too

      With whom:
        --peers a,b         columns, default channel4j,go,kotlin,jox,juc,jctools; also
                            channel4j-oneshot and park. A column is [label=]peer[@setting]..., where peer is
                            one of these names or a class that implements Peer, and settings are
                            JVM options (for go: variables) of this column:
                            --peers a=my.Prototype@-Dspin=0,b=my.Prototype@-Dspin=100
        --class-path PATH   where classes named in --peers are found
        --baseline peer     what the ratios relate to, default go, or channel4j without go

      How:
        --rounds n          default 5, sweeps 3, quick 2 and 1
        --parallelism p     cores offered: carriers, Kotlin's core pool, GOMAXPROCS
        --jvm OPTION        a JVM option for all forks; may be repeated
        --isolate           a fork for each shape too, not only for each peer and round
        --watchdog s        the longest that one batch may take, default 120
        --divide n          run a part of each batch's values, to try the command out
        --parked n          how many goroutines wait for --footprint, default 100000

      Where to:
        --json FILE         default target/results.json
        --publish           put what was measured into docs/performance.md, with charts
        --page FILE         the page to publish to, in place of that one
        --render FILE       measure nothing: print, and publish, the results in that file
        --list              print shapes and peers, and end
        --help              print this
      """;

  final Path home = Path.of(System.getProperty("channel4j.bench.home", ".")).toAbsolutePath();
  final List<Part> parts = new ArrayList<>();
  final List<String> jvm = new ArrayList<>();
  List<String> baselines = List.of(Contenders.GO, Contenders.OURS);
  Optional<String> peers = Optional.empty();
  List<Shape> shapes = Shapes.all();
  String classPath = System.getProperty("java.class.path");
  Path json = home.resolve("target").resolve("results.json");
  Path page = home.resolve("..").resolve("docs").resolve("performance.md").normalize();
  Optional<Path> render = Optional.empty();
  int parallelism;
  int watchdogSeconds = 120;
  int parked = Footprint.PARKED;
  boolean quick;
  boolean isolate;
  boolean alloc;
  boolean publish;
  boolean list;
  boolean help;
  private int rounds;
  private int divisor;

  private Options() {}

  static Options parse(String... args) {
    var options = new Options();
    var rest = Arrays.asList(args).iterator();
    while (rest.hasNext()) {
      String option = rest.next();
      switch (option) {
        case "--quick" -> options.quick = true;
        case "--sweeps" -> options.parts.addAll(Part.SWEEPS);
        case "--ablation" -> options.parts.add(Part.ABLATION);
        case "--footprint" -> options.parts.add(Part.FOOTPRINT);
        case "--all" -> options.parts.addAll(List.of(Part.values()));
        case "--isolate" -> options.isolate = true;
        case "--alloc" -> options.alloc = true;
        case "--publish" -> options.publish = true;
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
    if (options.parts.isEmpty()) {
      options.parts.add(Part.SHAPES);
    }
    options.parts(); // throws if a peer is unknown
    return options;
  }

  private void set(String option, String value) {
    switch (option) {
      case "--sweep" -> parts.addAll(Part.parse(value));
      case "--peers" -> peers = Optional.of(value);
      case "--shapes" -> {
        shapes = Shapes.withPrefixes(value);
        parts.addFirst(Part.SHAPES);
      }
      case "--class-path" -> classPath += File.pathSeparator + value;
      case "--rounds" -> rounds = Integer.parseInt(value);
      case "--parallelism" -> parallelism = Integer.parseInt(value);
      case "--watchdog" -> watchdogSeconds = Integer.parseInt(value);
      case "--divide" -> divisor = Integer.parseInt(value);
      case "--parked" -> parked = Integer.parseInt(value);
      case "--baseline" -> baselines = List.of(value);
      case "--json" -> json = Path.of(value);
      case "--page" -> page = Path.of(value).toAbsolutePath();
      case "--render" -> render = Optional.of(Path.of(value));
      case "--jvm" -> jvm.add(value);
      default -> throw new IllegalArgumentException("unknown option: " + option);
    }
  }

  /** What to measure, each part once. */
  List<Part> parts() {
    var distinct = parts.stream().distinct().sorted().toList();
    distinct.forEach(this::entrants);
    return distinct;
  }

  List<Entrant> entrants(Part part) {
    if (part == Part.ABLATION) {
      var ours = Stream.of(Entrant.parse(part.defaultPeers()));
      return Stream.concat(ours, ablations().stream().map(Entrant::without)).toList();
    }
    return Arrays.stream(peers.orElse(part.defaultPeers()).split(",")).map(Entrant::parse).toList();
  }

  private List<Ablation> ablations() {
    try {
      return Ablation.parse(Files.readString(home.resolve("ablations.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int rounds(Part part) {
    return rounds > 0 ? rounds : quick ? (part.rounds + 1) / 3 : part.rounds;
  }

  /** What the number of values in a batch is divided by. */
  int divisor() {
    return divisor > 0 ? divisor : quick ? 4 : 1;
  }

  ShapeFork.Plan plan() {
    return quick
        ? new ShapeFork.Plan(200, 3, 1_000, watchdogSeconds, 0)
        : new ShapeFork.Plan(1_000, 7, 10_000, watchdogSeconds, 0);
  }
}
