package io.channel4j.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The channel benchmarks of Go's runtime (src/runtime/chan_test.go), written anew over any {@link
 * Peer}. An operation is what it is there, and so is its time: that of all threads together,
 * divided by the operations of all. Where Go's program divides the operations among GOMAXPROCS
 * goroutines as they come, here each thread gets the same share.
 *
 * <p>go/runtime.go and KotlinGoBenchmarks have the same programs line by line.
 */
final class GoBenchmarks {
  private static final int CALLS_PER_SCHED = 1_000;

  private final Peer peer;
  private final Shape shape;
  private final int procs = Shape.procs();

  GoBenchmarks(Peer peer, Shape shape) {
    this.peer = peer;
    this.shape = shape;
  }

  /** What one thread does that many times; gives the sum of what it received. */
  @FunctionalInterface
  private interface Times {
    long run(int count) throws Exception;
  }

  long run() throws Exception {
    return switch (shape.kind()) {
      case MAKE_CHAN -> makeChan();
      case CHAN_CREATION -> chanCreation();
      case CHAN_NONBLOCKING -> chanNonblocking();
      case CHAN_CLOSED -> chanClosed();
      case RECEIVE_DATA_FROM_CLOSED_CHAN -> receiveDataFromClosedChan();
      case CHAN_SEM -> chanSem();
      case CHAN_UNCONTENDED -> parallel(count -> hundreds(peer.make(shape.capacity()), count), 100);
      case CHAN_CONTENDED -> chanContended();
      case CHAN_SYNC -> chanSync();
      case CHAN_PROD_CONS -> chanProdCons();
      case SELECT_UNCONTENDED -> selectUncontended();
      case SELECT_ASYNC_CONTENDED -> selectAsyncContended();
      case SELECT_SYNC_CONTENDED -> selectSyncContended();
      case SELECT_PROD_CONS -> selectProdCons();
      case SELECT_NONBLOCK -> selectNonblock();
      case CHAN_POPULAR -> chanPopular();
      default -> throw new IllegalArgumentException(shape.id() + " is not one of Go's");
    };
  }

  /** How many operations the thread of that number does. */
  private int share(int thread) {
    return (shape.values() + thread) / procs;
  }

  /** Go's b.RunParallel; each operation is to receive values of that sum. */
  private long parallel(Times body, int sumPerOperation) throws Exception {
    var sum = new LongAdder();
    var crew = new Crew();
    for (int p = 0; p < procs; p++) {
      int count = share(p);
      crew.add(() -> sum.add(body.run(count)));
    }
    long nanos = crew.run();
    shape.check((long) shape.values() * sumPerOperation, sum.sum());
    return nanos;
  }

  private long makeChan() throws Exception {
    var last = new Object[1]; // or the compiler might do without the channels
    var crew = new Crew();
    crew.add(
        () -> {
          for (int i = 0; i < shape.values(); i++) {
            last[0] = peer.make(shape.capacity()).channel();
          }
        });
    return crew.run();
  }

  private long chanCreation() throws Exception {
    return parallel(
        count -> {
          long sum = 0;
          for (int i = 0; i < count; i++) {
            var channel = peer.make(1);
            channel.send(1);
            sum += channel.receive();
          }
          return sum;
        },
        1);
  }

  private long chanNonblocking() throws Exception {
    var channel = peer.make(0);
    return parallel(
        count -> {
          long sum = 0;
          for (int i = 0; i < count; i++) {
            sum += channel.tryReceive() == Chan.NOT_READY ? 1 : 0;
          }
          return sum;
        },
        1);
  }

  private long chanClosed() throws Exception {
    var channel = peer.make(0);
    channel.close();
    return parallel(
        count -> {
          long sum = 0;
          for (int i = 0; i < count; i++) {
            sum += channel.tryReceive() == Chan.CLOSED ? 1 : 0;
          }
          return sum;
        },
        1);
  }

  private long receiveDataFromClosedChan() throws Exception {
    int count = shape.values();
    var channel = peer.make(count);
    for (int i = 0; i < count; i++) {
      channel.send(1);
    }
    channel.close();
    var sum = new AtomicLong();
    var crew = new Crew();
    crew.add(
        () -> {
          long received = 0;
          for (int v = channel.receiveOrClosed(); v != Chan.CLOSED; v = channel.receiveOrClosed()) {
            received += v;
          }
          sum.set(received);
        });
    long nanos = crew.run();
    shape.check(count, sum.get());
    return nanos;
  }

  private long chanSem() throws Exception {
    var channel = peer.make(procs);
    return parallel(
        count -> {
          long sum = 0;
          for (int i = 0; i < count; i++) {
            channel.send(1);
            sum += channel.receive();
          }
          return sum;
        },
        1);
  }

  private long chanContended() throws Exception {
    var channel = peer.make(shape.capacity() * procs);
    return parallel(count -> hundreds(channel, count), 100);
  }

  private static long hundreds(Chan channel, int count) throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < 100; k++) {
        channel.send(1);
      }
      for (int k = 0; k < 100; k++) {
        sum += channel.receive();
      }
    }
    return sum;
  }

  private long chanSync() throws Exception {
    int count = shape.values() / 2;
    var channel = peer.make(0);
    var sum = new LongAdder();
    var worked = new LongAdder();
    var crew = new Crew();
    for (int p = 0; p < 2; p++) {
      boolean receivesFirst = p == 0;
      crew.add(
          () -> {
            long received = 0;
            long x = 0;
            for (int i = 0; i < count; i++) {
              if (receivesFirst) {
                received += channel.receive();
                x = Shape.work(x, shape.work());
                channel.send(1);
              } else {
                channel.send(1);
                x = Shape.work(x, shape.work());
                received += channel.receive();
              }
              x = Shape.work(x, shape.work());
            }
            sum.add(received);
            worked.add(x);
          });
    }
    long nanos = crew.run();
    shape.check(2L * count, sum.sum());
    return nanos;
  }

  private long chanProdCons() throws Exception {
    var channel = peer.make(shape.capacity());
    var calls = new AtomicInteger(calls());
    var sum = new LongAdder();
    var worked = new LongAdder();
    var crew = new Crew();
    for (int p = 0; p < procs; p++) {
      crew.add(
          () -> {
            long x = 0;
            while (calls.decrementAndGet() >= 0) {
              for (int g = 0; g < CALLS_PER_SCHED; g++) {
                x = Shape.work(x, shape.work());
                channel.send(1);
              }
            }
            channel.send(0); // one end for each consumer
            worked.add(x);
          });
      crew.add(
          () -> {
            long received = 0;
            long x = 0;
            while (channel.receive() != 0) {
              received++;
              x = Shape.work(x, shape.work());
            }
            sum.add(received);
            worked.add(x);
          });
    }
    long nanos = crew.run();
    shape.check((long) calls() * CALLS_PER_SCHED, sum.sum());
    return nanos;
  }

  private int calls() {
    return Math.ceilDiv(shape.values(), CALLS_PER_SCHED);
  }

  private long selectUncontended() throws Exception {
    return parallel(
        count -> {
          var first = peer.make(1);
          var second = peer.make(1);
          first.send(1);
          return toAndFro(first, second, count);
        },
        1);
  }

  private long selectAsyncContended() throws Exception {
    var first = peer.make(procs);
    var second = peer.make(procs);
    return parallel(
        count -> {
          first.send(1);
          return toAndFro(first, second, count);
        },
        1);
  }

  private long toAndFro(Chan first, Chan second, int count) throws InterruptedException {
    long sum = 0;
    var select = peer.selector(List.of(Case.receive(first), Case.receive(second)));
    for (int i = 0; i < count; i++) {
      (select.await() == 0 ? second : first).send(1);
      sum++;
    }
    return sum;
  }

  private long selectSyncContended() throws Exception {
    Chan[] channels = {peer.make(0), peer.make(0), peer.make(0)};
    var done = peer.make(0);
    var receivers = new CountDownLatch(procs);
    var crew = new Crew();
    for (int p = 0; p < procs; p++) {
      crew.add(
          () -> {
            var cases = new ArrayList<Case>();
            for (Chan channel : channels) {
              cases.add(Case.send(channel, 1));
            }
            cases.add(Case.receive(done));
            var select = peer.selector(cases);
            for (int chosen = 0; 0 <= chosen && chosen < channels.length; ) {
              chosen = select.await();
            }
          });
      int count = share(p);
      crew.add(
          () -> {
            var select = peer.selector(Case.receive(channels));
            for (int i = 0; i < count; i++) {
              int unused = select.await();
            }
            receivers.countDown();
          });
    }
    crew.add(
        () -> {
          receivers.await();
          done.close();
        });
    return crew.run();
  }

  private long selectProdCons() throws Exception {
    var channel = peer.make(shape.capacity());
    var done = peer.make(0);
    var calls = new AtomicInteger(calls());
    var sum = new LongAdder();
    var worked = new LongAdder();
    var crew = new Crew();
    for (int p = 0; p < procs; p++) {
      crew.add(
          () -> {
            var select =
                peer.selector(
                    List.of(Case.send(channel, 1), Case.receive(peer.timer()), Case.receive(done)));
            long x = 0;
            while (calls.decrementAndGet() >= 0) {
              for (int g = 0; g < CALLS_PER_SCHED; g++) {
                x = Shape.work(x, shape.work());
                int unused = select.await();
              }
            }
            channel.send(0);
            worked.add(x);
          });
      crew.add(
          () -> {
            var select =
                peer.selector(
                    List.of(Case.receive(channel), Case.receive(peer.timer()), Case.receive(done)));
            long received = 0;
            long x = 0;
            while (select.receive() != 0) {
              received++;
              x = Shape.work(x, shape.work());
            }
            sum.add(received);
            worked.add(x);
          });
    }
    long nanos = crew.run();
    shape.check((long) calls() * CALLS_PER_SCHED, sum.sum());
    return nanos;
  }

  private long selectNonblock() throws Exception {
    var first = peer.make(0);
    var second = peer.make(0);
    var third = peer.make(1);
    var fourth = peer.make(1);
    return parallel(
        count -> {
          long tried = 0;
          for (int i = 0; i < count; i++) {
            tried += first.tryReceive() == Chan.NOT_READY ? 1 : 0;
            tried += second.trySend(1) ? 0 : 1;
            tried += third.tryReceive() == Chan.NOT_READY ? 1 : 0;
            boolean unused = fourth.trySend(1); // there is room the first time only
          }
          return tried;
        },
        3);
  }

  private long chanPopular() throws Exception {
    int count = shape.values();
    var popular = peer.make(0);
    var own = new Chan[shape.width()];
    var crew = new Crew();
    for (int j = 0; j < own.length; j++) {
      var channel = peer.make(0);
      own[j] = channel;
      crew.add(
          () -> {
            var select = peer.selector(List.of(Case.receive(popular), Case.receive(channel)));
            for (int i = 0; i < count; i++) {
              int unused = select.await();
            }
          });
    }
    crew.add(
        () -> {
          for (int i = 0; i < count; i++) {
            for (Chan channel : own) {
              channel.send(1);
            }
          }
        });
    return crew.run();
  }
}
