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
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A peer, a close, an interrupt and a deadline at a time for one operation that waits: exactly one
 * of them ends it, and the peer knows whether it was the one.
 */
@Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "The peer.")
@Outcome(
    id = "(closed|interrupted|not ready), (not ready|panic)",
    expect = ACCEPTABLE,
    desc = "Another one.")
@Outcome(expect = FORBIDDEN, desc = "Two of them, or none.")
public final class AllEnds {
  private AllEnds() {}

  /** A receive. */
  @JCStressTest
  @JCStressMeta(AllEnds.class)
  @State
  public static class Receive extends OneEndPerWait.Interruptible {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival waits = new Ops.Arrival(ch);

    @Actor
    public void receiver(LL_Result r) {
      enter();
      r.r1 = Ops.receiveOrGiveUp(ch, Ops.shortTime());
      exit();
    }

    @Actor
    public void sender(LL_Result r) {
      waits.await();
      r.r2 = Ops.trySend(ch, 1);
    }

    @Actor
    public void closer() {
      waits.await();
      ch.close();
    }

    @Actor
    public void interrupter() {
      waits.await();
      interrupt();
    }
  }

  /** A select, where the close is that of another channel. */
  @JCStressTest
  @JCStressMeta(AllEnds.class)
  @State
  public static class SelectOnce extends OneEndPerWait.Interruptible {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> done = Channel.make();

    @Actor
    public void select(LL_Result r) {
      enter();
      r.r1 =
          Ops.await(
              Select.<Object>of()
                  .receive(ch, v -> v)
                  .receive(done, () -> Ops.CLOSED)
                  .onTimeout(Ops.shortTime(), () -> Ops.NOT_READY));
      exit();
    }

    @Actor
    public void sender(LL_Result r) {
      r.r2 = Ops.trySend(ch, 1);
    }

    @Actor
    public void closer() {
      done.close();
    }

    @Actor
    public void interrupter() {
      interrupt();
    }
  }

  @Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The peer.")
  @Outcome(
      id = "(panic|interrupted|not ready), (not ready|closed)",
      expect = ACCEPTABLE,
      desc = "Another one.")
  @Outcome(expect = FORBIDDEN, desc = "Two of them, or none.")
  static final class OfASend {
    private OfASend() {}
  }

  /** A send. */
  @JCStressTest
  @JCStressMeta(OfASend.class)
  @State
  public static class Send extends OneEndPerWait.Interruptible {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival waits = new Ops.Arrival(ch);

    @Actor
    public void sender(LL_Result r) {
      enter();
      r.r1 = Ops.sendOrGiveUp(ch, 1, Ops.shortTime());
      exit();
    }

    @Actor
    public void receiver(LL_Result r) {
      waits.await();
      r.r2 = Ops.tryReceive(ch);
    }

    @Actor
    public void closer() {
      waits.await();
      ch.close();
    }

    @Actor
    public void interrupter() {
      waits.await();
      interrupt();
    }
  }

  /** A send behind a full buffer: delivered if and only if it says so, also after the close. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The peer.")
  @Outcome(
      id = "(panic|interrupted|not ready), 1, closed",
      expect = ACCEPTABLE,
      desc = "Another one.")
  @Outcome(expect = FORBIDDEN, desc = "Two of them, or none.")
  @State
  public static class BufferedSend extends OneEndPerWait.Interruptible {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival waits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      enter();
      r.r1 = Ops.sendOrGiveUp(ch, 2, Ops.shortTime());
      exit();
    }

    @Actor
    public void receiver(LLL_Result r) {
      waits.await();
      r.r2 = Ops.tryReceive(ch);
    }

    @Actor
    public void closer() {
      waits.await();
      ch.close();
    }

    @Actor
    public void interrupter() {
      waits.await();
      interrupt();
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }
}
