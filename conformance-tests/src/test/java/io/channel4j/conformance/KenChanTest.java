package io.channel4j.conformance;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SendCase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Sends and receives meet selects of every shape, and each channel's values stay in order. */
class KenChanTest {
  private static final int VALUES = 76;

  /** One channel, and a count of what went in and what came out. */
  private static final class Lane {
    final Channel<Integer> channel;
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();

    Lane(int capacity) {
      channel = Channel.make(capacity, 0);
    }

    /** True when it was the last. */
    boolean sent() {
      return sent.incrementAndGet() == VALUES;
    }

    /** True when it was the last. */
    boolean received(Integer value) {
      assertEquals(received.getAndIncrement(), value, "in order");
      return value == VALUES - 1;
    }
  }

  static Stream<Arguments> products() {
    return IntStream.of(0, 1, 10, 100)
        .boxed()
        .flatMap(
            c ->
                Stream.of(ThreadKind.values())
                    .flatMap(k -> Stream.of(true, false).map(loop -> Arguments.of(c, k, loop))));
  }

  /** One run of several lanes, whose ends are direct or in selects. */
  private record Run(Goroutines g, boolean loop, List<Lane> lanes, int capacity) {

    Lane lane() {
      var lane = new Lane(capacity);
      lanes.add(lane);
      return lane;
    }

    List<Lane> lanes(int n) {
      return Stream.generate(this::lane).limit(n).toList();
    }

    void send(List<Lane> all) {
      for (Lane lane : all) {
        g.go(
            () -> {
              do {
                lane.channel.send(lane.sent.get());
              } while (!lane.sent());
            });
      }
    }

    void receive(List<Lane> all) {
      for (Lane lane : all) {
        g.go(
            () -> {
              while (!lane.received(requireNonNull(lane.channel.receive()))) {}
            });
      }
    }

    void select(List<Lane> receives, List<Lane> sends) {
      g.go(loop ? () -> loop(receives, sends) : () -> oneShots(receives, sends));
    }

    private static void loop(List<Lane> receives, List<Lane> sends) throws InterruptedException {
      var select = Select.loop();
      List<ReceiveCase<Integer>> in = new ArrayList<>();
      List<SendCase<Integer>> out = new ArrayList<>();
      receives.forEach(lane -> in.add(select.receive(lane.channel)));
      sends.forEach(lane -> out.add(select.send(lane.channel, lane.sent.get())));
      for (int open = receives.size() + sends.size(); open > 0; ) {
        SelectCase chosen = select.await();
        int i = chosen.index();
        if (i < in.size()) {
          if (receives.get(i).received(requireNonNull(in.get(i).value()))) {
            chosen.disable();
            open--;
          }
        } else {
          Lane lane = sends.get(i - in.size());
          if (lane.sent()) {
            chosen.disable();
            open--;
          } else {
            out.get(i - in.size()).value(lane.sent.get());
          }
        }
      }
    }

    private static void oneShots(List<Lane> receives, List<Lane> sends)
        throws InterruptedException {
      List<Lane> in = new ArrayList<>(receives);
      List<Lane> out = new ArrayList<>(sends);
      while (!in.isEmpty() || !out.isEmpty()) {
        Select<Runnable> select = Select.of();
        for (Lane lane : in) {
          select.receive(
              lane.channel,
              v ->
                  () -> {
                    if (lane.received(requireNonNull(v))) {
                      in.remove(lane);
                    }
                  });
        }
        for (Lane lane : out) {
          select.send(
              lane.channel,
              lane.sent.get(),
              () ->
                  () -> {
                    if (lane.sent()) {
                      out.remove(lane);
                    }
                  });
        }
        select.<RuntimeException>await().run();
      }
    }
  }

  /** Answers to Go's test/ken/chan.go, its tests 1 to 6 in one run each. */
  @ParameterizedTest
  @MethodSource("products")
  void everyShapeMeetsEveryShape(int capacity, ThreadKind kind, boolean loop) {
    try (var g = new Goroutines(kind)) {
      var run = new Run(g, loop, new ArrayList<>(), capacity);

      List<Lane> direct = run.lanes(4);
      run.send(direct);
      run.receive(direct);

      List<Lane> toSelect = run.lanes(4);
      run.send(toSelect);
      run.select(toSelect, List.of());

      List<Lane> fromSelect = run.lanes(4);
      run.receive(fromSelect);
      run.select(List.of(), fromSelect);

      List<Lane> selects = run.lanes(4);
      run.select(List.of(), selects);
      run.select(selects, List.of());

      List<Lane> there = run.lanes(4);
      List<Lane> back = run.lanes(4);
      run.select(back, there);
      run.select(there, back);

      List<Lane> circle = run.lanes(4);
      List<Lane> source = run.lanes(4);
      List<Lane> sink = run.lanes(4);
      run.send(source);
      run.receive(sink);
      run.select(source, circle);
      run.select(circle, sink);

      g.await();
      for (Lane lane : run.lanes()) {
        assertEquals(VALUES, lane.sent.get());
        assertEquals(VALUES, lane.received.get());
        assertEquals(0, lane.channel.len());
      }
    }
  }

  /** Answers to Go's test/ken/chan1.go: ten receivers of one sender mark what they get. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#all")
  void tenReceiversMarkEachValueOnce(int capacity, ThreadKind kind, Operators operators)
      throws Exception {
    final int values = 1_000;
    Channel<Integer> c = Channel.make(capacity, -1);
    var marks = new AtomicIntegerArray(values);
    try (var g = new Goroutines(kind)) {
      for (int r = 0; r < 10; r++) {
        g.go(
            () -> {
              var ops = operators.on(c);
              for (int v = requireNonNull(ops.receive());
                  v >= 0;
                  v = requireNonNull(ops.receive())) {
                assertEquals(1, marks.getAndIncrement(v), "sent once, not received before");
              }
            });
      }
      var ops = operators.on(c);
      for (int v = 0; v < values; v++) {
        assertEquals(0, marks.getAndIncrement(v));
        ops.send(v);
      }
      c.close();
      g.await();
    }
    for (int v = 0; v < values; v++) {
      assertEquals(2, marks.get(v), "value " + v);
    }
  }
}
