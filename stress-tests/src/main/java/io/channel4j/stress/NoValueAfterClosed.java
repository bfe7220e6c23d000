package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** After a receiver saw that the channel is closed, no value appears, and none was skipped. */
@Outcome(id = "sent, 2, closed", expect = ACCEPTABLE, desc = "First the value, then closed.")
@Outcome(id = "panic, closed, closed", expect = ACCEPTABLE, desc = "No value, and closed for good.")
@Outcome(expect = FORBIDDEN, desc = "A value was lost, or came after closed.")
public final class NoValueAfterClosed {
  private NoValueAfterClosed() {}

  /** The closer itself receives, while a send may be on its way into the buffer. */
  @JCStressTest
  @JCStressMeta(NoValueAfterClosed.class)
  @State
  public static class TrySend {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.trySend(ch, 2);
    }

    @Actor
    public void closer(LLL_Result r) {
      ch.close();
      r.r2 = Ops.tryReceive(ch);
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** A thread that took a value admits the sender that waited, while another closes and drains. */
  @JCStressTest
  @Outcome(id = "sent, 2, closed", expect = ACCEPTABLE, desc = "The receive came first.")
  @Outcome(id = "panic, (1|closed), closed", expect = ACCEPTABLE, desc = "The close came first.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost, or came after closed.")
  @State
  public static class WaitingSend {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.send(ch, 2);
    }

    @Actor
    public void receiver() {
      senderWaits.await();
      Object unused = Ops.tryReceive(ch);
    }

    @Actor
    public void closer(LLL_Result r) {
      senderWaits.await();
      ch.close();
      r.r2 = Ops.tryReceive(ch);
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** Two receivers drain a closed channel: one gets the value, and neither gets it after closed. */
  @JCStressTest
  @Outcome(id = "2, closed, closed", expect = ACCEPTABLE, desc = "The first receiver got it.")
  @Outcome(id = "closed, 2, closed", expect = ACCEPTABLE, desc = "The second receiver got it.")
  @Outcome(expect = FORBIDDEN, desc = "The value was lost, doubled, or came after closed.")
  @State
  public static class TwoReceivers {
    private final Channel<Integer> ch = Channel.make(1);

    public TwoReceivers() {
      boolean unused = ch.trySend(2);
      ch.close();
    }

    @Actor
    public void first(LLL_Result r) {
      r.r1 = Ops.tryReceive(ch);
    }

    @Actor
    public void second(LLL_Result r) {
      r.r2 = Ops.tryReceive(ch);
      r.r3 = Ops.tryReceive(ch);
    }
  }
}
