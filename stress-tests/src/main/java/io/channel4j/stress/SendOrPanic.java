package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.select.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A send that races a close either delivers its value or panics: never both, and never neither.
 *
 * <p>Go: RaceChanSendClose and RaceChanSendSelectClose in race/testdata.
 */
@Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "Delivered.")
@Outcome(id = "panic, 1, closed", expect = ACCEPTABLE, desc = "Panicked: not delivered.")
@Outcome(expect = FORBIDDEN, desc = "Lost, or delivered by a send that panicked.")
public final class SendOrPanic {
  private SendOrPanic() {}

  /** A send that does not wait. The arbiter looks for the value. */
  @JCStressTest
  @JCStressMeta(SendOrPanic.class)
  @State
  public static class TrySend {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.trySend(ch, 2);
      r.r2 = 1;
    }

    @Actor
    public void closer() {
      ch.close();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** A send that waits behind a full buffer; the same thread receives and then closes. */
  @JCStressTest
  @JCStressMeta(SendOrPanic.class)
  @State
  public static class WaitingSend {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.send(ch, 2);
    }

    @Actor
    public void closer(LLL_Result r) {
      r.r2 = Ops.receive(ch);
      ch.close();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** A send that waits behind a full buffer; one thread receives while another closes. */
  @JCStressTest
  @JCStressMeta(SendOrPanic.class)
  @State
  public static class WaitingSendOfThree {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(LLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void closer() {
      senderWaits.await();
      ch.close();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** A select that waits to send, and two threads as before. */
  @JCStressTest
  @JCStressMeta(SendOrPanic.class)
  @State
  public static class WaitingSelectOfThree {
    private final Channel<Integer> ch = Ops.full(1);
    private final Channel<Integer> idle = Channel.make();
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.await(Select.<Object>of().receive(idle, () -> "idle").send(ch, 2, () -> Ops.SENT));
    }

    @Actor
    public void receiver(LLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void closer() {
      senderWaits.await();
      ch.close();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "Delivered.")
  @Outcome(id = "panic, (not ready|closed)", expect = ACCEPTABLE, desc = "Panicked.")
  @Outcome(expect = FORBIDDEN, desc = "Lost, or delivered by a send that panicked.")
  static final class Handed {
    private Handed() {}
  }

  /** A send that waits for a receiver; that looks once and then closes. */
  @JCStressTest
  @JCStressMeta(Handed.class)
  @State
  public static class Unbuffered {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender(LL_Result r) {
      r.r1 = Ops.send(ch, 1);
    }

    @Actor
    public void closer(LL_Result r) {
      r.r2 = Ops.tryReceive(ch);
      ch.close();
    }
  }

  /** The same, where the sender is a loop. */
  @JCStressTest
  @JCStressMeta(Handed.class)
  @State
  public static class UnbufferedSelect {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void sender(LL_Result r) {
      var select = Select.loop();
      var toCh = select.send(ch, 1);
      var unused = select.receive(idle);
      try {
        r.r1 = Ops.await(select) == toCh ? Ops.SENT : "idle";
      } catch (ChannelPanic.SendOnClosed e) {
        r.r1 = Ops.PANIC;
      }
    }

    @Actor
    public void closer(LL_Result r) {
      r.r2 = Ops.tryReceive(ch);
      ch.close();
    }
  }

  /** A waiting receiver gets either the value or the close; the sender knows which. */
  @JCStressTest
  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The sender came first.")
  @Outcome(id = "panic, closed", expect = ACCEPTABLE, desc = "The close came first.")
  @Outcome(expect = FORBIDDEN, desc = "The two do not agree, or the receiver got neither.")
  @State
  public static class ToWaitingReceiver {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival receiverWaits = new Ops.Arrival(ch);

    @Actor
    public void receiver(LL_Result r) {
      r.r2 = Ops.receive(ch);
    }

    @Actor
    public void sender(LL_Result r) {
      receiverWaits.await();
      r.r1 = Ops.trySend(ch, 1);
    }

    @Actor
    public void closer() {
      receiverWaits.await();
      ch.close();
    }
  }

  /** Of two closes one panics. */
  @JCStressTest
  @Outcome(id = "closed, panic", expect = ACCEPTABLE, desc = "The first actor closed.")
  @Outcome(id = "panic, closed", expect = ACCEPTABLE, desc = "The second actor closed.")
  @Outcome(expect = FORBIDDEN, desc = "Both closed, or none.")
  @State
  public static class CloseTwice {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first(LL_Result r) {
      r.r1 = Ops.close(ch);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = Ops.close(ch);
    }
  }
}
