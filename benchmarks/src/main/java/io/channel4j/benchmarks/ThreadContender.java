package io.channel4j.benchmarks;

import io.channel4j.benchmarks.Peer.Feature;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** The shapes on virtual threads, over any {@link Peer}. */
public final class ThreadContender implements Contender {
  private static final int SETTLE_MILLIS = 20;

  private final Peer peer;

  /** Shapes that are run by this peer's channels. */
  public ThreadContender(Peer peer) {
    this.peer = peer;
  }

  @Override
  public boolean supports(Shape shape) {
    return peer.supports(shape);
  }

  @Override
  public long run(Shape shape) throws Exception {
    return switch (shape.kind()) {
      case CROWD -> crowd(shape);
      case PING_PONG -> pingPong(shape);
      case PAIRS -> pairs(shape);
      case CHAIN -> chain(shape);
      case FILL -> fill(shape);
      case SELECT -> select(shape);
      case CLOSE_WAITERS -> closeWaiters(shape);
      default -> new GoBenchmarks(peer, shape).run();
    };
  }

  @Override
  public Object channel(int capacity) {
    return peer.make(capacity).channel();
  }

  @Override
  public boolean supports(Wait wait) {
    return wait != Wait.SELECT || peer.features().contains(Feature.SELECT);
  }

  @Override
  public Object park(int count, Wait wait) throws InterruptedException {
    Chan[] channels = {peer.make(0), peer.make(0)};
    var arrived = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                arrived.countDown();
                try {
                  waitForEver(wait, channels);
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
    }
    arrived.await();
    Thread.sleep(SETTLE_MILLIS);
    return channels;
  }

  private void waitForEver(Wait wait, Chan[] channels) throws InterruptedException {
    switch (wait) {
      case BARE -> {
        while (!Thread.currentThread().isInterrupted()) {
          LockSupport.park();
        }
      }
      case RECEIVE -> {
        Integer unused = channels[0].receive();
      }
      case SELECT -> {
        Integer unused = peer.selector(Case.receive(channels)).receive();
      }
    }
  }

  private long crowd(Shape shape) throws Exception {
    int count = shape.valuesPerSender();
    var channel = peer.make(shape.capacity());
    var sum = new LongAdder();
    var crew = new Crew();
    for (int i = 0; i < shape.width(); i++) {
      crew.add(() -> sum.add(receive(channel, count)));
      crew.add(() -> send(channel, count));
    }
    long nanos = crew.run();
    shape.check(shape.width(), count, sum.sum());
    return nanos;
  }

  private long pingPong(Shape shape) throws Exception {
    int count = shape.values();
    var there = peer.make(shape.capacity());
    var back = peer.make(shape.capacity());
    var sum = new LongAdder();
    var crew = new Crew();
    crew.add(() -> forward(there, back, count));
    crew.add(
        () -> {
          long received = 0;
          for (int i = 0; i < count; i++) {
            there.send(Shape.value(i));
            received += back.receive();
          }
          sum.add(received);
        });
    long nanos = crew.run();
    shape.check(1, count, sum.sum());
    return nanos;
  }

  private long pairs(Shape shape) throws Exception {
    int count = shape.valuesPerSender();
    var crew = new Crew();
    for (int i = 0; i < shape.width(); i++) {
      var channel = peer.make(shape.capacity());
      crew.add(() -> shape.check(1, count, receive(channel, count)));
      crew.add(() -> send(channel, count));
    }
    return crew.run();
  }

  private long chain(Shape shape) throws Exception {
    int count = shape.values();
    var crew = new Crew();
    var first = peer.make(shape.capacity());
    var last = first;
    for (int i = 0; i < shape.width(); i++) {
      var in = last;
      var out = peer.make(shape.capacity());
      crew.add(() -> forward(in, out, count));
      last = out;
    }
    var end = last;
    crew.add(() -> shape.check(1, count, receive(end, count)));
    crew.add(() -> send(first, count));
    return crew.run();
  }

  private long fill(Shape shape) throws Exception {
    int rounds = shape.values() / shape.capacity();
    var channel = peer.make(shape.capacity());
    var sum = new LongAdder();
    var crew = new Crew();
    crew.add(
        () -> {
          for (int i = 0; i < rounds; i++) {
            send(channel, shape.capacity());
            sum.add(receive(channel, shape.capacity()));
          }
        });
    long nanos = crew.run();
    shape.check(rounds, shape.capacity(), sum.sum());
    return nanos;
  }

  private long select(Shape shape) throws Exception {
    int count = shape.valuesPerSender();
    var channels = new Chan[shape.width()];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = peer.make(shape.capacity());
    }
    var sum = new LongAdder();
    var crew = new Crew();
    crew.add(() -> sum.add(receive(peer.selector(Case.receive(channels)), shape.values())));
    for (int i = 0; i < shape.hot(); i++) {
      // The last ones: a library that looks at its cases in order gets no present.
      var channel = channels[channels.length - 1 - i];
      crew.add(() -> send(channel, count));
    }
    long nanos = crew.run();
    shape.check(shape.hot(), count, sum.sum());
    return nanos;
  }

  /** Timed from before the first close until the last waiter has learnt of it. */
  private long closeWaiters(Shape shape) throws Exception {
    var channels = new Chan[shape.values() / shape.width()];
    var arrived = new CountDownLatch(shape.values());
    var ended = new CountDownLatch(shape.values());
    var crew = new Crew();
    for (int i = 0; i < channels.length; i++) {
      var channel = peer.make(shape.capacity());
      channels[i] = channel;
      for (int k = 0; k < shape.width(); k++) {
        crew.add(
            () -> {
              arrived.countDown();
              shape.check(Chan.CLOSED, channel.receiveOrClosed());
              ended.countDown();
            });
      }
    }
    var nanos = new AtomicLong();
    crew.add(
        () -> {
          arrived.await();
          Thread.sleep(SETTLE_MILLIS); // the last to arrive have yet to park
          long start = System.nanoTime();
          for (Chan channel : channels) {
            channel.close();
          }
          ended.await();
          nanos.set(System.nanoTime() - start);
        });
    long unused = crew.run();
    return nanos.get();
  }

  private static void send(Chan channel, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      channel.send(Shape.value(i));
    }
  }

  private static long receive(Chan channel, int count) throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += channel.receive();
    }
    return sum;
  }

  private static long receive(Selector selector, int count) throws InterruptedException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      sum += selector.receive();
    }
    return sum;
  }

  private static void forward(Chan in, Chan out, int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      out.send(in.receive());
    }
  }
}
