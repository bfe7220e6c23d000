package io.channel4j.test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Says whether values got through: each one that was sent was received once, none that was refused
 * was received, and each receiver had the values of each source in their order.
 *
 * <p>A value here is a number, made by {@link Source#next}, which the test puts into whatever it
 * sends. A source is what one thread sends to one place, one value after the other; a sink is what
 * one thread receives.
 *
 * {@snippet :
 * var ledger = new Ledger();
 * var source = ledger.source("producer");   // in the thread that sends
 * long id = source.next();
 * orders.send(id);
 * source.sent(id);
 *
 * var sink = ledger.sink("consumer");       // in the thread that receives
 * sink.received(orders.receive());
 *
 * ledger.check();                           // when all threads have ended
 * }
 *
 * <p>Sources and sinks are made by any thread, each then used by one thread at a time. {@link
 * #check} is called when all of them have ended, in a thread that has waited for them.
 */
public final class Ledger {
  /*
   * Sources and sinks are confined to their threads: recording must not order the threads that a test
   * wants to race. A source keeps two bits for a value, a sink keeps the value.
   */
  private static final int NUMBER_BITS = 40;
  private static final long MAX_NUMBER = Integer.MAX_VALUE; // of a BitSet
  private static final int MAX_SOURCES = 1 << (Long.SIZE - 1 - NUMBER_BITS);
  private static final int MAX_COMPLAINTS = 20;

  private final List<Source> sources = new ArrayList<>(); // guarded by this
  private final List<Sink> sinks = new ArrayList<>(); // guarded by this

  /** Makes an empty ledger. */
  public Ledger() {}

  /**
   * Makes a source.
   *
   * @param name for messages; null counts as "null"
   * @return a new source
   * @throws IllegalStateException with the message {@code "too many sources: use a ledger for each
   *     round"} beyond 8,388,608
   */
  public synchronized Source source(String name) {
    if (sources.size() == MAX_SOURCES) {
      throw new IllegalStateException("too many sources: use a ledger for each round");
    }
    var source = new Source(name, sources.size());
    sources.add(source);
    return source;
  }

  /**
   * Makes a sink.
   *
   * @param name for messages; null counts as "null"
   * @return a new sink
   */
  public synchronized Sink sink(String name) {
    var sink = new Sink(name);
    sinks.add(sink);
    return sink;
  }

  /**
   * How many values were sent, those in doubt not counted. Exact when all threads have ended.
   *
   * @return the number of values for which {@link Source#sent} was called
   */
  public synchronized long sent() {
    return sources.stream().mapToLong(s -> s.sent.cardinality()).sum();
  }

  /**
   * How many values were received. Exact when all threads have ended.
   *
   * @return the number of calls of {@link Sink#received}
   */
  public synchronized long received() {
    return sinks.stream().mapToLong(s -> s.size).sum();
  }

  /**
   * Checks everything: call it when all threads have ended.
   *
   * @throws AssertionError that names up to 20 values which were lost, doubled, refused and yet
   *     received, received out of order, or never made
   */
  public synchronized void check() {
    var complaints = new Complaints();
    List<BitSet> seen = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      seen.add(new BitSet());
    }
    for (Sink sink : sinks) {
      sink.check(sources, seen, complaints);
    }
    for (Source source : sources) {
      BitSet lost = (BitSet) source.sent.clone();
      lost.andNot(seen.get(source.index));
      lost.stream().forEach(n -> complaints.add(source.name + " sent " + n + ", which is lost"));
    }
    complaints.throwIfAny();
  }

  private static int sourceOf(long value) {
    return (int) (value >>> NUMBER_BITS);
  }

  private static long numberOf(long value) {
    return value & ((1L << NUMBER_BITS) - 1);
  }

  /** The first few, and how many there are. */
  private static final class Complaints {
    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String complaint) {
      if (count++ < MAX_COMPLAINTS) {
        first.add(complaint);
      }
    }

    void throwIfAny() {
      if (count > 0) {
        throw new AssertionError(
            "%d wrong in the ledger:%n  %s%s"
                .formatted(
                    count,
                    String.join("\n  ", first),
                    count > first.size() ? "\n  and " + (count - first.size()) + " more" : ""));
      }
    }
  }

  /** What one thread sends to one place. For one thread at a time. */
  public static final class Source {
    private final String name;
    private final int index;
    private final BitSet sent = new BitSet();
    private final BitSet refused = new BitSet();
    private int next;

    private Source(String name, int index) {
      this.name = name;
      this.index = index;
    }

    /**
     * Makes the next value. Until {@link #sent} or {@link #refused} is called it is in doubt: it
     * may be received, once, or not.
     *
     * @return the value, not negative, unlike all others of the ledger
     * @throws IllegalStateException with the message {@code "too many values: use a ledger for each
     *     round"} beyond 2,147,483,647
     */
    public long next() {
      if (next == MAX_NUMBER) {
        throw new IllegalStateException("too many values: use a ledger for each round");
      }
      return (long) index << NUMBER_BITS | next++;
    }

    /**
     * The value was sent: somebody has to receive it.
     *
     * @param value a value of this source
     * @throws IllegalArgumentException if it is not, or was refused
     */
    public void sent(long value) {
      sent.set(number(value, refused));
    }

    /**
     * The value was not sent, by reason of an exception or a false: nobody may receive it.
     *
     * @param value a value of this source
     * @throws IllegalArgumentException if it is not, or was sent
     */
    public void refused(long value) {
      refused.set(number(value, sent));
    }

    private int number(long value, BitSet other) {
      int number = (int) numberOf(value);
      if (sourceOf(value) != index || number >= next || other.get(number)) {
        throw new IllegalArgumentException(
            "pass a value that %s made, once, to sent or to refused: %d".formatted(name, value));
      }
      return number;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** What one thread receives. For one thread at a time. */
  public static final class Sink {
    private final String name;
    private long[] values = new long[16];
    private int size;

    private Sink(String name) {
      this.name = name;
    }

    /**
     * The value was received.
     *
     * @param value what came, any number; {@link Ledger#check} complains if no source made it
     */
    public void received(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    private void check(List<Source> sources, List<BitSet> seen, Complaints complaints) {
      long[] last = new long[sources.size()];
      Arrays.fill(last, -1);
      for (int i = 0; i < size; i++) {
        int s = sourceOf(values[i]);
        long number = numberOf(values[i]);
        if (values[i] < 0 || s >= sources.size() || number >= sources.get(s).next) {
          complaints.add(name + " received " + values[i] + ", which no source made");
          continue;
        }
        Source source = sources.get(s);
        int n = (int) number;
        if (seen.get(s).get(n)) {
          complaints.add(name + " received " + n + " of " + source + " for a second time");
        }
        seen.get(s).set(n);
        if (source.refused.get(n)) {
          complaints.add(name + " received " + n + " of " + source + ", which was refused");
        }
        if (n < last[s]) {
          complaints.add(name + " received " + n + " of " + source + " after " + last[s]);
        }
        last[s] = n;
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
