package io.channel4j.benchmarks;

import static io.channel4j.benchmarks.Shape.Kind.*;

import io.channel4j.benchmarks.Shape.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * All programs. The sizes make a batch take Go some tens of milliseconds, up to a tenth of a
 * second.
 */
final class Shapes {
  /** The traffic patterns. */
  static final List<Shape> PATTERNS =
      List.of(
          shape("rendezvous-1x1", CROWD, 0, 1, 1_000_000),
          shape("cap1-1x1", CROWD, 1, 1, 1_000_000),
          shape("cap16-1x1", CROWD, 16, 1, 2_000_000),
          shape("cap100-1x1", CROWD, 100, 1, 3_000_000),
          shape("rendezvous-8x8", CROWD, 0, 8, 800_000),
          shape("cap16-8x8", CROWD, 16, 8, 2_000_000),
          shape("cap100-100x100", CROWD, 100, 100, 3_000_000),
          shape("ping-pong", PING_PONG, 0, 1, 400_000),
          shape("pairs10k-cap0", PAIRS, 0, 10_000, 4_000_000),
          shape("pairs10k-cap16", PAIRS, 16, 10_000, 4_000_000),
          shape("chain1k-cap0", CHAIN, 0, 1_000, 1_000),
          shape("chain1k-cap16", CHAIN, 16, 1_000, 4_000),
          shape("fill-empty-cap100", FILL, 100, 1, 8_000_000),
          select("select2-hot-cap0", 0, 2, 2, 600_000),
          select("select2-hot-cap16", 16, 2, 2, 1_500_000),
          select("select8-one-hot", 0, 8, 1, 250_000),
          select("select64-one-hot", 0, 64, 1, 100_000));

  /** Go's src/runtime/chan_test.go, by its names without "Benchmark". */
  static final List<Shape> GO_RUNTIME =
      List.of(
          shape("MakeChan/Int", MAKE_CHAN, 8, 1, 2_000_000),
          shape("ChanNonblocking", CHAN_NONBLOCKING, 0, 1, 10_000_000),
          shape("SelectUncontended", SELECT_UNCONTENDED, 1, 1, 1_000_000),
          shape("SelectSyncContended", SELECT_SYNC_CONTENDED, 0, 1, 250_000),
          shape("SelectAsyncContended", SELECT_ASYNC_CONTENDED, 1, 1, 500_000),
          shape("SelectNonblock", SELECT_NONBLOCK, 1, 1, 5_000_000),
          shape("ChanUncontended", CHAN_UNCONTENDED, 100, 1, 50_000),
          shape("ChanContended", CHAN_CONTENDED, 100, 1, 20_000),
          shape("ChanSync", CHAN_SYNC, 0, 1, 500_000),
          work("ChanSyncWork", CHAN_SYNC, 0, 50_000, 1_000),
          shape("ChanProdCons0", CHAN_PROD_CONS, 0, 1, 1_000_000),
          shape("ChanProdCons10", CHAN_PROD_CONS, 10, 1, 2_000_000),
          shape("ChanProdCons100", CHAN_PROD_CONS, 100, 1, 2_000_000),
          work("ChanProdConsWork0", CHAN_PROD_CONS, 0, 500_000, 100),
          work("ChanProdConsWork10", CHAN_PROD_CONS, 10, 500_000, 100),
          work("ChanProdConsWork100", CHAN_PROD_CONS, 100, 500_000, 100),
          work("SelectProdCons", SELECT_PROD_CONS, 128, 500_000, 100),
          shape("ReceiveDataFromClosedChan", RECEIVE_DATA_FROM_CLOSED_CHAN, 0, 1, 1_000_000),
          shape("ChanCreation", CHAN_CREATION, 1, 1, 2_000_000),
          shape("ChanSem", CHAN_SEM, 1, 1, 1_000_000),
          shape("ChanPopular", CHAN_POPULAR, 0, 1_000, 400),
          shape("ChanClosed", CHAN_CLOSED, 0, 1, 10_000_000));

  /** What the cores sweep measures: those shapes that can use more cores, or suffer from them. */
  static final List<Shape> FOR_CORES =
      List.of(
          named("rendezvous-1x1"),
          named("cap16-1x1"),
          named("cap16-8x8"),
          named("cap100-100x100"),
          named("ping-pong"),
          named("pairs10k-cap16"),
          named("chain1k-cap16"),
          named("select8-one-hot"));

  /** What the mechanisms are for. */
  static final List<Shape> FOR_ABLATION =
      List.of(
          named("rendezvous-1x1"),
          named("cap1-1x1"),
          named("cap16-1x1"),
          named("cap100-1x1"),
          named("rendezvous-8x8"),
          named("cap16-8x8"),
          named("cap100-100x100"),
          named("ping-pong"),
          named("pairs10k-cap0"),
          named("chain1k-cap0"),
          named("fill-empty-cap100"),
          named("ChanContended"),
          named("ChanSem"),
          named("select2-hot-cap16"),
          named("select8-one-hot"),
          named("select64-one-hot"));

  private Shapes() {}

  /** Every row of the table, in its order. */
  static List<Shape> all() {
    return Stream.concat(PATTERNS.stream(), GO_RUNTIME.stream()).toList();
  }

  /** The shape of that name. */
  static Shape named(String id) {
    return all().stream()
        .filter(shape -> shape.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no shape " + id + "; there are " + all().stream().map(Shape::id).toList()));
  }

  /** The shapes whose names begin with one of these, separated by commas. */
  static List<Shape> withPrefixes(String text) {
    List<String> prefixes = Arrays.asList(text.split(","));
    for (String prefix : prefixes) {
      if (all().stream().noneMatch(shape -> shape.id().startsWith(prefix))) {
        named(prefix); // throws, and names those that there are
      }
    }
    return all().stream()
        .filter(shape -> prefixes.stream().anyMatch(shape.id()::startsWith))
        .toList();
  }

  /** One hot channel among ever more idle ones. */
  static List<Shape> cases() {
    return IntStream.rangeClosed(0, 10)
        .map(power -> 1 << power)
        .mapToObj(n -> select("cases-" + n, 0, n, 1, Math.max(20_000, 500_000 / n)))
        .toList();
  }

  /** Ever more threads at once, in pairs. */
  static List<Shape> goroutines() {
    return powersOfTen(
        1, n -> shape("goroutines-" + n, PAIRS, 0, n / 2, Math.max(4_000_000, 64 * (n / 2))));
  }

  /** Ever more receivers that wait on a channel when it is closed. */
  static List<Shape> close() {
    return powersOfTen(0, n -> shape("close-" + n, CLOSE_WAITERS, 0, n, Math.max(100_000, n)));
  }

  private static List<Shape> powersOfTen(int from, IntFunction<Shape> shape) {
    var shapes = new ArrayList<Shape>();
    for (int power = from; power <= 6; power++) {
      shapes.add(shape.apply((int) Math.pow(10, power)));
    }
    return List.copyOf(shapes);
  }

  private static Shape shape(String id, Kind kind, int capacity, int width, int values) {
    return new Shape(id, kind, capacity, width, 0, values, 0);
  }

  private static Shape select(String id, int capacity, int width, int hot, int values) {
    return new Shape(id, SELECT, capacity, width, hot, values, 0);
  }

  private static Shape work(String id, Kind kind, int capacity, int values, int work) {
    return new Shape(id, kind, capacity, 1, 0, values, work);
  }
}
