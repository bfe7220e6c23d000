package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The rules add up over three and four threads: what the first one wrote, the last one sees,
 * whatever kind of operation is between.
 *
 * <p>Go: NoRaceChanWaitGroup, NoRaceProducerConsumerUnbuffered in race/testdata.
 */
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Seen.")
@Outcome(expect = FORBIDDEN, desc = "Lost on the way.")
public final class Relays {
  private Relays() {}

  abstract static class Shared {
    int plain;
  }

  /** By two rendezvous. */
  @JCStressTest
  @JCStressMeta(Relays.class)
  @State
  public static class OfThree extends Shared {
    private final Channel<Integer> a = Channel.make();
    private final Channel<Integer> b = Channel.make();

    @Actor
    public void first() {
      plain = 1;
      String unused = Ops.send(a, 1);
    }

    @Actor
    public void second() {
      Object unused1 = Ops.receive(a);
      String unused2 = Ops.send(b, 1);
    }

    @Actor
    public void third(I_Result r) {
      Object unused = Ops.receive(b);
      r.r1 = plain;
    }
  }

  /** By a buffer, a close that a select sees, and a rendezvous that the receiver begins. */
  @JCStressTest
  @JCStressMeta(Relays.class)
  @State
  public static class OfFour extends Shared {
    private final Channel<Integer> a = Channel.make(1);
    private final Channel<Integer> b = Channel.make();
    private final Channel<Integer> c = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void first() {
      plain = 1;
      String unused = Ops.send(a, 1);
    }

    @Actor
    public void second() {
      Object unused = Ops.receive(a);
      b.close();
    }

    @Actor
    public void third() {
      Object unused1 = Ops.await(Select.<Object>of().receive(b, () -> 1).receive(idle, () -> 2));
      Object unused2 = Ops.receive(c);
    }

    @Actor
    public void fourth(I_Result r) {
      String unused = Ops.send(c, 1);
      r.r1 = plain;
    }
  }

  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "All of them see it.")
  @Outcome(expect = FORBIDDEN, desc = "Somebody does not.")
  static final class ByAll {
    private ByAll() {}
  }

  /** A close reaches a receive, a loop and a select. */
  @JCStressTest
  @JCStressMeta(ByAll.class)
  @State
  public static class Broadcast extends Shared {
    private final Channel<Integer> done = Channel.make();
    private final Channel<Integer> idle = Channel.make(1);

    @Actor
    public void closer() {
      plain = 1;
      done.close();
    }

    @Actor
    public void receiver(LLL_Result r) {
      Object unused = Ops.receive(done);
      r.r1 = plain;
    }

    @Actor
    public void loop(LLL_Result r) {
      var select = Select.loop();
      var unused1 = select.receive(idle);
      var unused2 = select.receive(done);
      var unused3 = Ops.await(select);
      r.r2 = plain;
    }

    @Actor
    public void select(LLL_Result r) {
      Object unused =
          Ops.await(
              Select.<Object>of()
                  .receive(done, () -> 1)
                  .receive(idle, () -> 2)
                  .onTimeout(Ops.EVER, () -> 3));
      r.r3 = plain;
    }
  }

  @Outcome(id = "3", expect = ACCEPTABLE, desc = "All that the workers wrote.")
  @Outcome(expect = FORBIDDEN, desc = "Not all of it.")
  static final class Sum {
    private Sum() {}
  }

  /** Who has filled the buffer again knows that all workers are done. Go: NoRaceChanWaitGroup. */
  @JCStressTest
  @JCStressMeta(Sum.class)
  @State
  public static class WaitGroup {
    private final Channel<Integer> group = Ops.full(2);
    private int first;
    private int second;

    @Actor
    public void first() {
      first = 1;
      Object unused = Ops.receive(group);
    }

    @Actor
    public void second() {
      second = 2;
      Object unused = Ops.receive(group);
    }

    @Actor
    public void waiter(I_Result r) {
      String unused1 = Ops.send(group, 3);
      String unused2 = Ops.send(group, 4);
      r.r1 = first + second;
    }
  }

  /** The results of three workers by one channel. */
  @JCStressTest
  @Outcome(id = "6", expect = ACCEPTABLE, desc = "All that the workers wrote.")
  @Outcome(expect = FORBIDDEN, desc = "Not all of it.")
  @State
  public static class FanIn {
    private final Channel<Integer> results = Channel.make(1);
    private final int[] written = new int[3];

    private void work(int worker) {
      written[worker] = worker + 1;
      String unused = Ops.send(results, worker);
    }

    @Actor
    public void first() {
      work(0);
    }

    @Actor
    public void second() {
      work(1);
    }

    @Actor
    public void third() {
      work(2);
    }

    @Actor
    public void collector(I_Result r) {
      for (int i = 0; i < 3; i++) {
        r.r1 += written[(int) Ops.receive(results)];
      }
    }
  }

  /** A mutex of three, each entering in another way. */
  @JCStressTest
  @JCStressMeta(Sum.class)
  @State
  public static class Mutex {
    private final Channel<Integer> mutex = Channel.make(1);
    private final Channel<Integer> idle = Channel.make();
    private int count;

    @Actor
    public void first() {
      String unused1 = Ops.send(mutex, 0);
      count++;
      Object unused2 = Ops.receive(mutex);
    }

    @Actor
    public void second() {
      Object unused1 =
          Ops.await(Select.<Object>of().send(mutex, 0, () -> 1).receive(idle, () -> 2));
      count++;
      Object unused2 = Ops.tryReceive(mutex);
    }

    @Actor
    public void third() {
      while (!mutex.trySend(0)) {
        Ops.pause();
      }
      count++;
      Object unused = Ops.receiveWithin(mutex, Ops.EVER);
    }

    @Arbiter
    public void all(I_Result r) {
      r.r1 = count;
    }
  }
}
