package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** What is sent is received once, and the values of one sender in their order. */
@Outcome(id = "1 2 3 4", expect = ACCEPTABLE, desc = "All, in order.")
@Outcome(expect = FORBIDDEN, desc = "A value was lost, doubled, or overtook another.")
public final class EveryValueOnce {
  private EveryValueOnce() {}

  static void sendFour(Channel<Integer> ch) {
    for (int i = 1; i <= 4; i++) {
      String unused = Ops.send(ch, i);
    }
  }

  static String receiveFour(Channel<Integer> ch) {
    return Ops.receive(ch) + " " + Ops.receive(ch) + " " + Ops.receive(ch) + " " + Ops.receive(ch);
  }

  /** One sender and one receiver meet four times. */
  @JCStressTest
  @JCStressMeta(EveryValueOnce.class)
  @State
  public static class Unbuffered {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender() {
      sendFour(ch);
    }

    @Actor
    public void receiver(L_Result r) {
      r.r1 = receiveFour(ch);
    }
  }

  /** The sender fills the slot, or waits; the receiver empties it, or waits. */
  @JCStressTest
  @JCStressMeta(EveryValueOnce.class)
  @State
  public static class Capacity1 {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void sender() {
      sendFour(ch);
    }

    @Actor
    public void receiver(L_Result r) {
      r.r1 = receiveFour(ch);
    }
  }

  /** Three slots, in a queue of four. */
  @JCStressTest
  @JCStressMeta(EveryValueOnce.class)
  @State
  public static class Capacity3 {
    private final Channel<Integer> ch = Channel.make(3);

    @Actor
    public void sender() {
      sendFour(ch);
    }

    @Actor
    public void receiver(L_Result r) {
      r.r1 = receiveFour(ch);
    }
  }

  /** A loop receives from two channels that one sender uses in turn. */
  @JCStressTest
  @JCStressMeta(EveryValueOnce.class)
  @State
  public static class SelectLoop {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();

    @Actor
    public void sender() {
      String unused1 = Ops.send(first, 1);
      String unused2 = Ops.send(second, 2);
      String unused3 = Ops.send(second, 3);
      String unused4 = Ops.send(first, 4);
    }

    @Actor
    public void receiver(L_Result r) {
      var select = Select.loop();
      var fromFirst = select.receive(first);
      var fromSecond = select.receive(second);
      var got = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        got.append(i == 0 ? "" : " ");
        got.append(Ops.await(select) == fromFirst ? fromFirst.value() : fromSecond.value());
      }
      r.r1 = got.toString();
    }
  }

  /** Two receivers and two values. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "One each.")
  @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "One each.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost or doubled.")
  @State
  public static class TwoReceivers {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void first(LL_Result r) {
      r.r1 = Ops.tryReceive(ch);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = Ops.tryReceive(ch);
    }
  }

  @Outcome(id = "1 2|2 1", expect = ACCEPTABLE, desc = "Both, in any order.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost or doubled.")
  static final class Both {
    private Both() {}
  }

  /** Two senders wait for one receiver. */
  @JCStressTest
  @JCStressMeta(Both.class)
  @State
  public static class TwoSenders {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first() {
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void second() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(L_Result r) {
      r.r1 = Ops.receive(ch) + " " + Ops.receive(ch);
    }
  }

  /** Two senders wait behind a full buffer, which comes first. */
  @JCStressTest
  @Outcome(id = "0 (1 2|2 1)", expect = ACCEPTABLE, desc = "All, those that waited in any order.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost, doubled, or overtook another.")
  @State
  public static class TwoSendersBuffered {
    private final Channel<Integer> ch = Channel.make(1);

    public TwoSendersBuffered() {
      boolean unused = ch.trySend(0);
    }

    @Actor
    public void first() {
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void second() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(L_Result r) {
      r.r1 = Ops.receive(ch) + " " + Ops.receive(ch) + " " + Ops.receive(ch);
    }
  }

  /**
   * A select with one channel in several cases receives once, and leaves nobody waiting. Go:
   * TestSelectDuplicateChannel.
   */
  @JCStressTest
  @Outcome(id = "1, 2, 0", expect = ACCEPTABLE, desc = "One value for each select.")
  @Outcome(id = "2, 1, 0", expect = ACCEPTABLE, desc = "One value for each select.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost or doubled, or a waiter stayed.")
  @State
  public static class DuplicateCases {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void duplicates(LLL_Result r) {
      r.r1 =
          Ops.await(
              Select.<Object>of()
                  .receive(ch, v -> v)
                  .receive(idle, v -> v)
                  .receive(ch, v -> v)
                  .receive(ch, v -> v));
    }

    @Actor
    public void sender() {
      Object unused1 = Ops.await(Select.<Object>of().send(ch, 1, () -> 1).send(ch, 1, () -> 1));
      String unused2 = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(LLL_Result r) {
      r.r2 = Ops.receive(ch);
    }

    @Arbiter
    public void after(LLL_Result r) {
      var base = (ChannelBase<?>) ch;
      r.r3 = base.waitingReceivers() + base.waitingSenders();
    }
  }
}
