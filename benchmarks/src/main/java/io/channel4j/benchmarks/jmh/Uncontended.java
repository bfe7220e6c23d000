package io.channel4j.benchmarks.jmh;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.select.SelectLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Single operations by one thread that never has to wait: the price of the path itself. With {@code
 * -prof gc} every method but {@link #oneShotSelect} has to show 0 bytes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class Uncontended {

  /** A buffered channel that is empty before and after each operation. */
  @State(Scope.Thread)
  public static class Buffered {
    /** Exact capacities, powers of two and not. */
    @Param({"1", "16", "100"})
    public int capacity;

    private Channel<Integer> channel = Channel.make(1);

    /** Makes the channel of that capacity. */
    @Setup(Level.Trial)
    public void make() {
      channel = Channel.make(capacity);
    }
  }

  /** Channels on which nothing can be done. */
  @State(Scope.Thread)
  public static class NotReady {
    private final Channel<Integer> unbuffered = Channel.make(0);
    private final Channel<Integer> empty = Channel.make(16);
    private final Channel<Integer> full = Channel.make(1);
    private final Channel<Integer> closed = Channel.make(16);

    /** Fills what is to be full. */
    @Setup(Level.Trial)
    public void fill() throws InterruptedException {
      full.send(1);
      closed.close();
    }
  }

  /** The loop form: one ready channel among idle ones. */
  @State(Scope.Thread)
  public static class Loop {
    /** How many cases the select has. */
    @Param({"1", "2", "8", "64", "1024"})
    public int cases;

    private final Channel<Integer> hot = Channel.make(1);
    private SelectLoop select = Select.loop();

    /** The hot channel is the last case. */
    @Setup(Level.Trial)
    public void make() {
      select = Select.loop();
      for (int i = 1; i < cases; i++) {
        select.receive(Channel.<Integer>make(1));
      }
      select.receive(hot);
    }
  }

  /** One value in, the same value out. */
  @Benchmark
  public @Nullable Object sendReceive(Buffered state) throws InterruptedException {
    state.channel.send(1);
    return state.channel.receive();
  }

  /** The same without the right to wait. */
  @Benchmark
  public @Nullable Object trySendTryReceive(Buffered state) {
    state.channel.trySend(1);
    return state.channel.tryReceive().value();
  }

  /** Go: select with default over an empty buffered channel. */
  @Benchmark
  public Object tryReceiveEmpty(NotReady state) {
    return state.empty.tryReceive();
  }

  /** Go: select with default over an unbuffered channel without a sender. */
  @Benchmark
  public Object tryReceiveUnbuffered(NotReady state) {
    return state.unbuffered.tryReceive();
  }

  /** Go: select with default over a full channel. */
  @Benchmark
  public boolean trySendFull(NotReady state) {
    return state.full.trySend(1);
  }

  /** Receiving from a closed channel, as a cancelled loop does. */
  @Benchmark
  public @Nullable Object receiveClosed(NotReady state) throws InterruptedException {
    return state.closed.receive();
  }

  /** One value sent, then chosen among idle cases. */
  @Benchmark
  public Object loopSelect(Loop state) throws InterruptedException {
    state.hot.send(1);
    return state.select.await();
  }

  /** The same with a select that is made anew each time; allocates. */
  @Benchmark
  public @Nullable Object oneShotSelect(NotReady state, Buffered buffered)
      throws InterruptedException {
    buffered.channel.send(1);
    return Select.<@Nullable Integer>of()
        .receive(buffered.channel, v -> v)
        .receive(state.empty, v -> v)
        .await();
  }
}
