package io.channel4j.benchmarks.jmh;

import io.channel4j.Channel;
import io.channel4j.benchmarks.Crew;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The channel benchmarks of Go's runtime (src/runtime/chan_test.go) under their own names, written
 * anew. An operation is what it is there, and so is its time: all that the threads did together,
 * divided by the time that passed. Go's own figures for comparison:
 *
 * <pre>go test -run '^$' -bench 'Chan|Select' runtime</pre>
 *
 * <p>Goroutines are virtual threads; as many as carriers where Go's program has GOMAXPROCS.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Benchmark)
public class GoRuntimeBenchmarks {
  private static final int OPERATIONS = 100_000;
  private static final int CALLS_PER_SCHED = 1_000;
  private static final int POPULAR = 1_000;
  private static final int PROCS =
      Integer.getInteger(
          "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());

  /** What one thread does, that many times. */
  @FunctionalInterface
  private interface Times {
    void run(int count) throws Exception;
  }

  /** Go's b.RunParallel: the operations divided among as many threads as there are carriers. */
  private static void runParallel(int operations, Times body) throws Exception {
    var crew = new Crew();
    for (int p = 0; p < PROCS; p++) {
      crew.add(() -> body.run(operations / PROCS));
    }
    crew.run();
  }

  /** BenchmarkMakeChan. */
  @Benchmark
  public Object makeChan() {
    return Channel.<Integer>make(8);
  }

  /** BenchmarkChanCreation. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanCreation() throws Exception {
    runParallel(
        OPERATIONS,
        count -> {
          for (int i = 0; i < count; i++) {
            var channel = Channel.<Integer>make(1);
            channel.send(0);
            channel.receive();
          }
        });
  }

  /** BenchmarkChanNonblocking. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanNonblocking() throws Exception {
    var channel = Channel.<Integer>make();
    runParallel(
        OPERATIONS,
        count -> {
          for (int i = 0; i < count; i++) {
            if (channel.tryReceive().isReady()) {
              throw new IllegalStateException("nobody sends");
            }
          }
        });
  }

  /** BenchmarkChanClosed. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanClosed() throws Exception {
    var channel = Channel.<Integer>make();
    channel.close();
    runParallel(
        OPERATIONS,
        count -> {
          for (int i = 0; i < count; i++) {
            if (!channel.tryReceive().isReady()) {
              throw new IllegalStateException("closed, and not ready");
            }
          }
        });
  }

  /** BenchmarkReceiveDataFromClosedChan; the sends are not timed there, here they are. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void receiveDataFromClosedChan() throws Exception {
    var channel = Channel.<Integer>make(OPERATIONS);
    for (int i = 0; i < OPERATIONS; i++) {
      channel.send(1);
    }
    channel.close();
    for (int i = 0; i < OPERATIONS; i++) {
      channel.receive();
    }
  }

  /** BenchmarkChanSem. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanSem() throws Exception {
    var channel = Channel.<Integer>make(PROCS);
    runParallel(
        OPERATIONS,
        count -> {
          for (int i = 0; i < count; i++) {
            channel.send(0);
            channel.receive();
          }
        });
  }

  /** BenchmarkChanUncontended: an operation is 100 sends and 100 receives. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS / 100)
  public void chanUncontended() throws Exception {
    runParallel(OPERATIONS / 100, count -> hundreds(Channel.make(100), count));
  }

  /** BenchmarkChanContended: the same by all threads on one channel. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS / 100)
  public void chanContended() throws Exception {
    var channel = Channel.<Integer>make(100 * PROCS);
    runParallel(OPERATIONS / 100, count -> hundreds(channel, count));
  }

  private static void hundreds(Channel<Integer> channel, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < 100; k++) {
        channel.send(0);
      }
      for (int k = 0; k < 100; k++) {
        channel.receive();
      }
    }
  }

  /** BenchmarkChanSync: two threads that send and receive by turns. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanSync() throws Exception {
    var channel = Channel.<Integer>make();
    var crew = new Crew();
    crew.add(
        () -> {
          for (int i = 0; i < OPERATIONS / 2; i++) {
            channel.receive();
            channel.send(0);
          }
        });
    crew.add(
        () -> {
          for (int i = 0; i < OPERATIONS / 2; i++) {
            channel.send(0);
            channel.receive();
          }
        });
    crew.run();
  }

  /** BenchmarkChanProdCons0. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanProdCons0() throws Exception {
    prodCons(0);
  }

  /** BenchmarkChanProdCons10. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanProdCons10() throws Exception {
    prodCons(10);
  }

  /** BenchmarkChanProdCons100. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void chanProdCons100() throws Exception {
    prodCons(100);
  }

  private static void prodCons(int capacity) throws Exception {
    var channel = Channel.<Integer>make(capacity);
    var calls = new AtomicInteger(OPERATIONS / CALLS_PER_SCHED);
    var crew = new Crew();
    for (int p = 0; p < PROCS; p++) {
      crew.add(
          () -> {
            while (calls.decrementAndGet() >= 0) {
              for (int g = 0; g < CALLS_PER_SCHED; g++) {
                channel.send(1);
              }
            }
            channel.send(0); // one end for each consumer
          });
      crew.add(
          () -> {
            while (!Objects.equals(channel.receive(), 0)) {
              // until a producer has ended
            }
          });
    }
    crew.run();
  }

  /** BenchmarkSelectUncontended: one value goes to and fro between two channels of one thread. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void selectUncontended() throws Exception {
    runParallel(
        OPERATIONS,
        count -> {
          var first = Channel.<Integer>make(1);
          var second = Channel.<Integer>make(1);
          first.send(0);
          toAndFro(first, second, count);
        });
  }

  /** BenchmarkSelectAsyncContended: the same by all threads on the same two channels. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void selectAsyncContended() throws Exception {
    var first = Channel.<Integer>make(PROCS);
    var second = Channel.<Integer>make(PROCS);
    runParallel(
        OPERATIONS,
        count -> {
          first.send(0);
          toAndFro(first, second, count);
        });
  }

  private static void toAndFro(Channel<Integer> first, Channel<Integer> second, int count)
      throws InterruptedException {
    var select = Select.loop();
    var fromFirst = select.receive(first);
    select.receive(second);
    for (int i = 0; i < count; i++) {
      (select.await() == fromFirst ? second : first).send(0);
    }
  }

  /** BenchmarkSelectSyncContended: pairs of threads over the same three unbuffered channels. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void selectSyncContended() throws Exception {
    var channels =
        List.of(Channel.<Integer>make(), Channel.<Integer>make(), Channel.<Integer>make());
    var done = Channel.<Integer>make();
    var receivers = new CountDownLatch(PROCS);
    var crew = new Crew();
    for (int p = 0; p < PROCS; p++) {
      crew.add(
          () -> {
            var select = Select.loop();
            channels.forEach(channel -> select.send(channel, 0));
            var end = select.receive(done);
            while (select.await() != end) {
              // until all receivers have ended
            }
          });
      crew.add(
          () -> {
            var select = Select.loop();
            channels.forEach(select::receive);
            for (int i = 0; i < OPERATIONS / PROCS; i++) {
              select.await();
            }
            receivers.countDown();
          });
    }
    crew.add(
        () -> {
          receivers.await();
          done.close();
        });
    crew.run();
  }

  /**
   * BenchmarkSelectProdCons, without the local work: every wait also has a timer and a done case.
   */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void selectProdCons() throws Exception {
    var channel = Channel.<Integer>make(128);
    var timer = Channel.<Integer>make(1);
    var done = Channel.<Integer>make();
    var calls = new AtomicInteger(OPERATIONS / CALLS_PER_SCHED);
    var crew = new Crew();
    for (int p = 0; p < PROCS; p++) {
      crew.add(
          () -> {
            var select = Select.loop();
            select.send(channel, 1);
            select.receive(timer);
            select.receive(done);
            while (calls.decrementAndGet() >= 0) {
              for (int g = 0; g < CALLS_PER_SCHED; g++) {
                select.await();
              }
            }
            channel.send(0);
          });
      crew.add(
          () -> {
            var select = Select.loop();
            var values = select.receive(channel);
            select.receive(timer);
            select.receive(done);
            do {
              select.await();
            } while (!Objects.equals(values.value(), 0));
          });
    }
    crew.run();
  }

  /** BenchmarkSelectNonblock: an operation is four tries. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public void selectNonblock() throws Exception {
    var first = Channel.<Integer>make();
    var second = Channel.<Integer>make();
    var third = Channel.<Integer>make(1);
    var fourth = Channel.<Integer>make(1);
    runParallel(
        OPERATIONS,
        count -> {
          for (int i = 0; i < count; i++) {
            first.tryReceive();
            second.trySend(0);
            third.tryReceive();
            fourth.trySend(0);
          }
        });
  }

  /** BenchmarkChanPopular: 1,000 threads wait on a channel of their own and on one for all. */
  @Benchmark
  @OperationsPerInvocation(OPERATIONS / POPULAR)
  public void chanPopular() throws Exception {
    int count = OPERATIONS / POPULAR;
    var popular = Channel.<Integer>make();
    var own = new ArrayList<Channel<Integer>>();
    var crew = new Crew();
    for (int j = 0; j < POPULAR; j++) {
      var channel = Channel.<Integer>make();
      own.add(channel);
      crew.add(
          () -> {
            var select = Select.loop();
            select.receive(popular);
            select.receive(channel);
            for (int i = 0; i < count; i++) {
              select.await();
            }
          });
    }
    crew.add(
        () -> {
          for (int i = 0; i < count; i++) {
            for (var channel : own) {
              channel.send(1);
            }
          }
        });
    crew.run();
  }
}
