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
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** Nobody who comes later overtakes an operation that waits. */
@Outcome(
    id = "sent, 1, not ready, 2",
    expect = ACCEPTABLE,
    desc = "The waiting sender got the slot.")
@Outcome(expect = FORBIDDEN, desc = "A later one got what a waiting one was entitled to.")
public final class FirstComeFirstServed {
  private FirstComeFirstServed() {}

  /** A sender waits, a receive makes room, and the same thread tries to send. */
  @JCStressTest
  @JCStressMeta(FirstComeFirstServed.class)
  @State
  public static class LateTrySend {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLLL_Result r) {
      r.r1 = Ops.send(ch, 2);
    }

    @Actor
    public void late(LLLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.receive(ch);
      r.r3 = Ops.trySend(ch, 3);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r4 = Ops.tryReceive(ch);
    }
  }

  /** The same with another thread that tries to send. */
  @JCStressTest
  @JCStressMeta(FirstComeFirstServed.class)
  @State
  public static class LateTrySendOfThree {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLLL_Result r) {
      r.r1 = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(LLLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void late(LLLL_Result r) {
      senderWaits.await();
      r.r3 = Ops.trySend(ch, 3);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r4 = Ops.tryReceive(ch);
    }
  }

  /** The same where the one that waits is a select. */
  @JCStressTest
  @JCStressMeta(FirstComeFirstServed.class)
  @State
  public static class WaitingSelect {
    private final Channel<Integer> ch = Ops.full(1);
    private final Channel<Integer> idle = Channel.make();
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLLL_Result r) {
      r.r1 = Ops.await(Select.<Object>of().receive(idle, () -> "idle").send(ch, 2, () -> Ops.SENT));
    }

    @Actor
    public void receiver(LLLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void late(LLLL_Result r) {
      senderWaits.await();
      r.r3 = Ops.trySend(ch, 3);
    }

    @Arbiter
    public void after(LLLL_Result r) {
      r.r4 = Ops.tryReceive(ch);
    }
  }

  /** A receiver waits, a send comes, and another thread tries to receive. */
  @JCStressTest
  @Outcome(id = "1, sent, not ready", expect = ACCEPTABLE, desc = "The waiting receiver got it.")
  @Outcome(expect = FORBIDDEN, desc = "A later one got what a waiting one was entitled to.")
  @State
  public static class LateTryReceive {
    private final Channel<Integer> ch = Channel.make(1);
    private final Ops.Arrival receiverWaits = new Ops.Arrival(ch);

    @Actor
    public void receiver(LLL_Result r) {
      r.r1 = Ops.receive(ch);
    }

    @Actor
    public void sender(LLL_Result r) {
      receiverWaits.await();
      r.r2 = Ops.trySend(ch, 1);
    }

    @Actor
    public void late(LLL_Result r) {
      receiverWaits.await();
      r.r3 = Ops.tryReceive(ch);
    }
  }
}
