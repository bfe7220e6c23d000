package io.channel4j.benchmarks;

import java.util.concurrent.atomic.LongAdder;

/** The shapes on virtual threads, over any {@link Peer}. */
public final class ThreadContender implements Contender {
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
    };
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
    crew.add(() -> sum.add(receive(peer.selector(channels), shape.values())));
    for (int i = 0; i < shape.hot(); i++) {
      // The last ones: a library that looks at its cases in order gets no present.
      var channel = channels[channels.length - 1 - i];
      crew.add(() -> send(channel, count));
    }
    long nanos = crew.run();
    shape.check(shape.hot(), count, sum.sum());
    return nanos;
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
