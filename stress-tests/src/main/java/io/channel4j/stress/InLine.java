package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Those who wait are served in the order in which they came, and late ones do not get between. */
@Outcome(id = "1 2 3", expect = ACCEPTABLE, desc = "In their order.")
@Outcome(expect = FORBIDDEN, desc = "One overtook another.")
public final class InLine {
  private InLine() {}

  /** Says when those who come late may come: the moment before the first is served. */
  abstract static class Line {
    private volatile boolean served;

    final void serve(Channel<?> ch, int receivers, int senders) {
      untilWaiting(ch, receivers, senders);
      served = true;
    }

    final void untilServed() {
      while (!served) {
        Ops.pause();
      }
    }
  }

  static void untilWaiting(Channel<?> ch, int receivers, int senders) {
    var base = (ChannelBase<?>) ch;
    while (base.waitingReceivers() < receivers || base.waitingSenders() < senders) {
      Ops.pause();
    }
  }

  /** Two senders behind a full buffer. */
  @JCStressTest
  @JCStressMeta(InLine.class)
  @State
  public static class Senders {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void first() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void second() {
      untilWaiting(ch, 0, 1);
      String unused = Ops.send(ch, 3);
    }

    @Actor
    public void receiver(L_Result r) {
      untilWaiting(ch, 0, 2);
      r.r1 = Ops.receive(ch) + " " + Ops.receive(ch) + " " + Ops.receive(ch);
    }
  }

  /** A select and a timed send on an unbuffered channel, and a third sender that does not wait. */
  @JCStressTest
  @JCStressMeta(InLine.class)
  @State
  public static class SendersAndALateOne extends Line {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void first() {
      Object unused = Ops.await(Select.<Object>of().send(ch, 1, () -> 1).receive(idle, () -> 2));
    }

    @Actor
    public void second() {
      untilWaiting(ch, 0, 1);
      String unused = Ops.sendWithin(ch, 2, Ops.EVER);
    }

    @Actor
    public void late() {
      untilServed();
      String unused = Ops.send(ch, 3);
    }

    @Actor
    public void receiver(L_Result r) {
      serve(ch, 0, 2);
      r.r1 = Ops.receive(ch) + " " + Ops.receive(ch) + " " + Ops.receive(ch);
    }
  }

  @Outcome(id = "1, 2, not ready", expect = ACCEPTABLE, desc = "In their order.")
  @Outcome(expect = FORBIDDEN, desc = "One overtook another.")
  static final class Served {
    private Served() {}
  }

  /** A receive and a loop, and a try-receive that comes late. */
  @JCStressTest
  @JCStressMeta(Served.class)
  @State
  public static class Receivers extends Line {
    private final Channel<Integer> ch = Channel.make(1);
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void first(LLL_Result r) {
      r.r1 = Ops.receive(ch);
    }

    @Actor
    public void second(LLL_Result r) {
      untilWaiting(ch, 1, 0);
      var select = Select.loop();
      var fromCh = select.receive(ch);
      var unused1 = select.receive(idle);
      var unused2 = Ops.await(select);
      r.r2 = fromCh.value();
    }

    @Actor
    public void late(LLL_Result r) {
      untilServed();
      r.r3 = Ops.tryReceive(ch);
    }

    @Actor
    public void sender() {
      serve(ch, 2, 0);
      String unused1 = Ops.send(ch, 1);
      String unused2 = Ops.send(ch, 2);
    }
  }

  @Outcome(id = "(not ready|closed), 1", expect = ACCEPTABLE, desc = "The first has left.")
  @Outcome(id = "1, (2|closed)|2, 1", expect = ACCEPTABLE, desc = "A value each, or the close.")
  @Outcome(expect = FORBIDDEN, desc = "A value went to somebody who left, or past the first.")
  static final class Left {
    private Left() {}
  }

  /** The first of two receivers leaves at its deadline: the second gets what it did not take. */
  @JCStressTest
  @JCStressMeta(Left.class)
  @State
  public static class FirstLeaves {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first(LL_Result r) {
      r.r1 = Ops.receiveWithin(ch, Ops.shortTime());
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void sender(LL_Result r) {
      String unused1 = Ops.send(ch, 1);
      String unused2 = Ops.trySend(ch, 2);
      ch.close();
    }
  }
}
