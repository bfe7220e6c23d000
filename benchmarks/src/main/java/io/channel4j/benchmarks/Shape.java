package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Peer.Feature;
import java.util.Set;

/**
 * One measured program; {@link Shapes} has them all. A batch has the same size for everybody.
 *
 * @param id the name in tables and on the command line
 * @param kind what the program does
 * @param capacity of every channel in it
 * @param width senders and receivers, pairs, stages, select cases or waiters, as the kind has it
 * @param hot how many of a select's channels are sent to
 * @param values how many values, or other operations of the kind, one batch has in total
 * @param work steps of {@link #work} that a thread does beside each operation
 */
public record Shape(String id, Kind kind, int capacity, int width, int hot, int values, int work) {

  /** The programs. Those from MAKE_CHAN on are the benchmarks of Go's runtime. */
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
    SELECT(Feature.SELECT),
    /** {@code width} receivers wait on each channel, then all channels are closed. */
    CLOSE_WAITERS(Feature.CLOSE),

    /** A new channel. */
    MAKE_CHAN,
    /** A new channel that one value goes through. */
    CHAN_CREATION,
    /** Tries to receive where nobody sends. */
    CHAN_NONBLOCKING(Feature.TRY),
    /** Tries to receive from a closed channel. */
    CHAN_CLOSED(Feature.TRY, Feature.CLOSE),
    /** Empties a closed channel, of capacity {@code values}, filled before the clock starts. */
    RECEIVE_DATA_FROM_CLOSED_CHAN(Feature.CLOSE),
    /** A channel as a semaphore. */
    CHAN_SEM,
    /** An operation fills and empties a channel of one's own. */
    CHAN_UNCONTENDED,
    /** An operation puts 100 values into a channel that all use, and takes 100. */
    CHAN_CONTENDED,
    /** Two threads that send and receive by turns. */
    CHAN_SYNC,
    /** As many producers as cores, and as many consumers. */
    CHAN_PROD_CONS,
    /** One value goes to and fro between two channels of one thread. */
    SELECT_UNCONTENDED(Feature.SELECT),
    /** The same by all threads on the same two channels. */
    SELECT_ASYNC_CONTENDED(Feature.SELECT),
    /** Pairs of selects over the same three unbuffered channels. */
    SELECT_SYNC_CONTENDED(Feature.SELECT, Feature.CLOSE),
    /** Producers and consumers whose every wait also has a timer and a done case. */
    SELECT_PROD_CONS(Feature.SELECT),
    /** An operation is four tries that fail, or two that succeed and two that fail. */
    SELECT_NONBLOCK(Feature.TRY),
    /** {@code width} threads select between their own channel and one for all. */
    CHAN_POPULAR(Feature.SELECT);

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Feature> needs;

    Kind(Feature... needs) {
      this.needs = Set.of(needs);
    }

    /** What a library must have to run this. */
    public Set<Feature> needs() {
      return needs;
    }
  }

  /** As a fork's argument. */
  String spec() {
    return "%s:%s:%d:%d:%d:%d:%d".formatted(id, kind, capacity, width, hot, values, work);
  }

  /** The inverse of {@link #spec}. */
  static Shape parse(String spec) {
    String[] parts = spec.split(":");
    if (parts.length != 7) {
      throw new IllegalArgumentException("not a shape: " + spec);
    }
    return new Shape(
        parts[0],
        Kind.valueOf(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]),
        Integer.parseInt(parts[5]),
        Integer.parseInt(parts[6]));
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
      default -> values;
    };
  }

  /** The same program with less to do: a part of the values, but at least one for each thread. */
  Shape divided(int divisor) {
    int step =
        switch (kind) {
          case CROWD, PAIRS, CLOSE_WAITERS -> width;
          case SELECT -> hot;
          case FILL -> capacity;
          default -> 1;
        };
    return new Shape(
        id, kind, capacity, width, hot, Math.max(values / divisor / step, 1) * step, work);
  }

  /** The same program with next to nothing to do, to see that it works. */
  Shape tiny() {
    int narrow = kind == Kind.SELECT ? width : Math.min(width, 20);
    int few = 20 * Math.max(Math.min(capacity, 1_000), narrow);
    return new Shape(id, kind, capacity, narrow, hot, few, Math.min(work, 10));
  }

  /** The value that a sender sends in its {@code i}-th step: one that is boxed already. */
  public static int value(int i) {
    return i & 127;
  }

  /**
   * Work beside the channel: steps that each need the one before, and that no compiler of any
   * language can leave out or join (without the shift, C2 makes one multiplication of eight). Give
   * the result to somebody.
   */
  public static long work(long seed, int steps) {
    long x = seed;
    for (int i = 0; i < steps; i++) {
      x = (x ^ x >>> 29) * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
    }
    return x;
  }

  /** How many threads Go's benchmarks have where they have as many as there are cores. */
  public static int procs() {
    return Integer.getInteger(
        "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
  }

  /** The sum of what {@code senders} send with {@code count} steps each. */
  public static long sum(long senders, long count) {
    long rounds = count / 128;
    long rest = count % 128;
    return senders * (rounds * (127 * 128 / 2) + rest * (rest - 1) / 2);
  }

  /** Throws unless the values that arrived are the values that were sent. */
  public void check(long senders, long count, long actual) {
    check(sum(senders, count), actual);
  }

  /** Throws unless the sum is the one expected. */
  public void check(long expected, long actual) {
    if (expected != actual) {
      throw new IllegalStateException(
          id + ": the sum of the received values is " + actual + " instead of " + expected);
    }
  }
}
