package io.channel4j.benchmarks.jmh;

import io.channel4j.benchmarks.ShapeTrial;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * Every shape by every peer under JMH, for its profilers. The figure of a batch is that of the
 * whole program; the one of {@code operations} is nanoseconds for each value. For example:
 *
 * <pre>{@code run jmh ShapeBenchmark -p shape=ChanSem,cap16-8x8 -p peer=channel4j,jox -prof gc}
 * </pre>
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class ShapeBenchmark {
  /** A known name, or a class that is a Peer or a Contender. */
  @Param({"channel4j", "kotlin", "jox"})
  public String peer = "";

  /** The name of a row of the table. */
  @Param({"rendezvous-1x1", "cap16-1x1", "cap16-8x8", "ping-pong", "SelectUncontended", "ChanSem"})
  public String shape = "";

  private @Nullable ShapeTrial trial;

  /** Makes the contender. */
  @Setup(Level.Trial)
  public void make() throws ReflectiveOperationException {
    trial = new ShapeTrial(peer, shape);
  }

  /** What a batch does. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Counted {
    /** Values, or operations of Go's benchmark. */
    public long operations;
  }

  /** One batch: threads, values and all. */
  @Benchmark
  public void batch(Counted counted) throws Exception {
    counted.operations += Objects.requireNonNull(trial).run();
  }
}
