package io.channel4j.benchmarks;

import java.util.List;

/**
 * One measured program. The same list stands in go/main.go; a batch has the same size for everybody
 * and takes Go about a tenth of a second.
 *
 * @param id the name in tables and on the command line
 * @param kind what the program does
 * @param capacity of every channel in it
 * @param width senders and receivers, pairs, stages or select cases
 * @param hot how many of a select's channels are sent to
 * @param values how many values one batch sends in total
 */
public record Shape(String id, Kind kind, int capacity, int width, int hot, int values) {

  /** The programs. */
  public enum Kind {
    /** {@code width} senders and {@code width} receivers on one channel. */
    CROWD,
    /** Two threads and two channels; a value is a round trip. */
    PING_PONG,
    /** {@code width} pairs at once, each with a channel of its own. */
    PAIRS,
    /** A source, {@code width} stages and a sink; a value counts once per channel it passes. */
    CHAIN,
    /** One thread fills the channel and empties it. */
    FILL,
    /** One receiver selects from {@code width} channels, {@code hot} of which have a sender. */
    SELECT
  }

  private static final List<Shape> ALL =
      List.of(
          crowd("rendezvous-1x1", 0, 1, 1_000_000),
          crowd("cap1-1x1", 1, 1, 1_000_000),
          crowd("cap16-1x1", 16, 1, 2_000_000),
          crowd("cap100-1x1", 100, 1, 3_000_000),
          crowd("rendezvous-8x8", 0, 8, 800_000),
          crowd("cap16-8x8", 16, 8, 2_000_000),
          crowd("cap100-100x100", 100, 100, 3_000_000),
          new Shape("ping-pong", Kind.PING_PONG, 0, 1, 0, 400_000),
          new Shape("pairs10k-cap0", Kind.PAIRS, 0, 10_000, 0, 4_000_000),
          new Shape("pairs10k-cap16", Kind.PAIRS, 16, 10_000, 0, 4_000_000),
          new Shape("chain1k-cap0", Kind.CHAIN, 0, 1_000, 0, 1_000),
          new Shape("chain1k-cap16", Kind.CHAIN, 16, 1_000, 0, 4_000),
          new Shape("fill-empty-cap100", Kind.FILL, 100, 1, 0, 8_000_000),
          new Shape("select2-hot-cap0", Kind.SELECT, 0, 2, 2, 600_000),
          new Shape("select2-hot-cap16", Kind.SELECT, 16, 2, 2, 1_500_000),
          new Shape("select8-one-hot", Kind.SELECT, 0, 8, 1, 250_000),
          new Shape("select64-one-hot", Kind.SELECT, 0, 64, 1, 100_000));

  private static Shape crowd(String id, int capacity, int width, int values) {
    return new Shape(id, Kind.CROWD, capacity, width, 0, values);
  }

  /** Every shape, in the table's order. */
  public static List<Shape> all() {
    return ALL;
  }

  /** The shape of that name. */
  public static Shape named(String id) {
    return ALL.stream()
        .filter(shape -> shape.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no shape " + id + "; there are " + ALL.stream().map(Shape::id).toList()));
  }

  /** What the time of a batch is divided by. */
  public long operations() {
    return kind == Kind.CHAIN ? (long) values * (width + 1) : values;
  }

  /** How many values each sender sends. */
  public int valuesPerSender() {
    return switch (kind) {
      case CROWD, PAIRS -> values / width;
      case SELECT -> values / hot;
      case PING_PONG, CHAIN, FILL -> values;
    };
  }

  /** The same program with next to nothing to do, to see that it works. */
  public Shape tiny() {
    int narrow = kind == Kind.SELECT ? width : Math.min(width, 20);
    return new Shape(id, kind, capacity, narrow, hot, 20 * Math.max(capacity, narrow));
  }

  /** The value that a sender sends in its {@code i}-th step: one that is boxed already. */
  public static int value(int i) {
    return i & 127;
  }

  /** The sum of what {@code senders} send with {@code count} steps each. */
  public static long sum(long senders, long count) {
    long rounds = count / 128;
    long rest = count % 128;
    return senders * (rounds * (127 * 128 / 2) + rest * (rest - 1) / 2);
  }

  /** Throws unless the values that arrived are the values that were sent. */
  public void check(long senders, long count, long actual) {
    long expected = sum(senders, count);
    if (expected != actual) {
      throw new IllegalStateException(
          id + ": the sum of the received values is " + actual + " instead of " + expected);
    }
  }
}
