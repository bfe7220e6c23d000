package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A blocked operation ends once, by a peer, the close, an interrupt or its deadline, and all who
 * had a hand in it agree which.
 */
@Outcome(id = "1, sent", expect = ACCEPTABLE, desc = "The peer came first.")
@Outcome(id = "(not ready|interrupted), not ready", expect = ACCEPTABLE, desc = "It gave up first.")
@Outcome(expect = FORBIDDEN, desc = "The value was lost, or came from nowhere.")
public final class OneEndPerWait {
  private OneEndPerWait() {}

  /** A receive with a deadline and a sender that does not wait. */
  @JCStressTest
  @JCStressMeta(OneEndPerWait.class)
  @State
  public static class ReceiveOrDeadline {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival receiverWaits = new Ops.Arrival(ch);

    @Actor
    public void receiver(LL_Result r) {
      r.r1 = Ops.receiveWithin(ch, Ops.shortTime());
    }

    @Actor
    public void sender(LL_Result r) {
      receiverWaits.await();
      r.r2 = Ops.trySend(ch, 1);
    }
  }

  /** A send with a deadline and a receiver that does not wait. */
  @JCStressTest
  @JCStressMeta(OneEndPerWait.class)
  @State
  public static class SendOrDeadline {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LL_Result r) {
      r.r2 = Ops.sendWithin(ch, 1, Ops.shortTime());
    }

    @Actor
    public void receiver(LL_Result r) {
      senderWaits.await();
      r.r1 = Ops.tryReceive(ch);
    }
  }

  /** A send with a deadline behind a full buffer; a receiver makes room. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The receiver came first.")
  @Outcome(id = "not ready, 1, not ready", expect = ACCEPTABLE, desc = "The deadline came first.")
  @Outcome(expect = FORBIDDEN, desc = "The value was lost, or came from nowhere.")
  @State
  public static class BufferedSendOrDeadline {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.sendWithin(ch, 2, Ops.shortTime());
    }

    @Actor
    public void receiver(LLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.tryReceive(ch);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** A select with a deadline and a peer for each of its cases: one of them at most is served. */
  @JCStressTest
  @Outcome(id = "1, sent, not ready", expect = ACCEPTABLE, desc = "The first peer.")
  @Outcome(id = "2, not ready, sent", expect = ACCEPTABLE, desc = "The second peer.")
  @Outcome(id = "timeout, not ready, not ready", expect = ACCEPTABLE, desc = "The deadline.")
  @Outcome(expect = FORBIDDEN, desc = "A value was lost, or came from nowhere.")
  @State
  public static class SelectOrDeadline {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();

    @Actor
    public void select(LLL_Result r) {
      r.r1 =
          Ops.await(
              Select.<Object>of()
                  .receive(first, v -> v)
                  .receive(second, v -> v)
                  .onTimeout(Ops.shortTime(), () -> "timeout"));
    }

    @Actor
    public void senders(LLL_Result r) {
      r.r2 = Ops.trySend(first, 1);
      r.r3 = Ops.trySend(second, 2);
    }
  }

  /** A waiting select and two peers at a time: exactly one of them is served. */
  @JCStressTest
  @Outcome(id = "1, 1, not ready", expect = ACCEPTABLE, desc = "The first peer.")
  @Outcome(id = "2, not ready, 2", expect = ACCEPTABLE, desc = "The second peer.")
  @Outcome(expect = FORBIDDEN, desc = "Both were served, or none, or the wrong one.")
  @State
  public static class SelectOfThree {
    private final Channel<Integer> first = Channel.make();
    private final Channel<Integer> second = Channel.make();
    private final Ops.Arrival waitsAtFirst = new Ops.Arrival(first);
    private final Ops.Arrival waitsAtSecond = new Ops.Arrival(second);

    @Actor
    public void select(LLL_Result r) {
      r.r1 = Ops.await(Select.<Object>of().send(first, 1, () -> 1).send(second, 2, () -> 2));
    }

    @Actor
    public void receiverOfFirst(LLL_Result r) {
      waitsAtFirst.await();
      waitsAtSecond.await();
      r.r2 = Ops.tryReceive(first);
    }

    @Actor
    public void receiverOfSecond(LLL_Result r) {
      waitsAtFirst.await();
      waitsAtSecond.await();
      r.r3 = Ops.tryReceive(second);
    }
  }

  /** Two peers at a time for one waiting receiver, which serves one of them. */
  @JCStressTest
  @Outcome(id = "1, sent, not ready", expect = ACCEPTABLE, desc = "The first peer.")
  @Outcome(id = "2, not ready, sent", expect = ACCEPTABLE, desc = "The second peer.")
  @Outcome(expect = FORBIDDEN, desc = "Both were served, or none, or the wrong one.")
  @State
  public static class ReceiverOfThree {
    private final Channel<Integer> ch = Channel.make();
    private final Ops.Arrival receiverWaits = new Ops.Arrival(ch);

    @Actor
    public void receiver(LLL_Result r) {
      r.r1 = Ops.receive(ch);
    }

    @Actor
    public void first(LLL_Result r) {
      receiverWaits.await();
      r.r2 = Ops.trySend(ch, 1);
    }

    @Actor
    public void second(LLL_Result r) {
      receiverWaits.await();
      r.r3 = Ops.trySend(ch, 2);
    }
  }

  /** A close may come first too. */
  @JCStressTest
  @Outcome(id = "closed", expect = ACCEPTABLE, desc = "The close came first.")
  @Outcome(id = "not ready", expect = ACCEPTABLE, desc = "The deadline came first.")
  @Outcome(expect = FORBIDDEN, desc = "A value came from nowhere.")
  @State
  public static class CloseOrDeadline {
    private final Channel<Integer> ch = Channel.make(1);
    private final Ops.Arrival receiverWaits = new Ops.Arrival(ch);

    @Actor
    public void receiver(L_Result r) {
      r.r1 = Ops.receiveWithin(ch, Ops.shortTime());
    }

    @Actor
    public void closer() {
      receiverWaits.await();
      ch.close();
    }
  }

  /** A thread that waits until it has been interrupted, so that it does not take that further. */
  abstract static class Interruptible {
    private volatile @Nullable Thread target;
    private volatile boolean interrupted;

    final void enter() {
      target = Thread.currentThread();
    }

    final void exit() {
      while (!interrupted) {
        Ops.pause();
      }
      boolean unused = Thread.interrupted();
    }

    final void interrupt() {
      Thread t = target;
      for (; t == null; t = target) {
        Ops.pause();
      }
      t.interrupt();
      interrupted = true;
    }
  }

  /** An interrupt and then a sender. */
  @JCStressTest
  @JCStressMeta(OneEndPerWait.class)
  @State
  public static class ReceiveOrInterrupt extends Interruptible {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void receiver(LL_Result r) {
      enter();
      r.r1 = Ops.receive(ch);
      exit();
    }

    @Actor
    public void peer(LL_Result r) {
      interrupt();
      r.r2 = Ops.trySend(ch, 1);
    }
  }

  /** An interrupt and a receiver that makes room, at a time. */
  @JCStressTest
  @Outcome(id = "sent, 1, 2", expect = ACCEPTABLE, desc = "The receiver came first.")
  @Outcome(
      id = "interrupted, 1, not ready",
      expect = ACCEPTABLE,
      desc = "The interrupt came first.")
  @Outcome(expect = FORBIDDEN, desc = "The value was lost, or came from nowhere.")
  @State
  public static class BufferedSendOrInterrupt extends Interruptible {
    private final Channel<Integer> ch = Ops.full(1);
    private final Ops.Arrival senderWaits = new Ops.Arrival(ch);

    @Actor
    public void sender(LLL_Result r) {
      enter();
      r.r1 = Ops.send(ch, 2);
      exit();
    }

    @Actor
    public void interrupter() {
      senderWaits.await();
      interrupt();
    }

    @Actor
    public void receiver(LLL_Result r) {
      senderWaits.await();
      r.r2 = Ops.tryReceive(ch);
    }

    @Arbiter
    public void after(LLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /** An interrupt and then a peer for one of a select's cases. */
  @JCStressTest
  @JCStressMeta(OneEndPerWait.class)
  @State
  public static class SelectOrInterrupt extends Interruptible {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void select(LL_Result r) {
      enter();
      r.r1 = Ops.await(Select.<Object>of().receive(idle, () -> "idle").receive(ch, v -> v));
      exit();
    }

    @Actor
    public void peer(LL_Result r) {
      interrupt();
      r.r2 = Ops.trySend(ch, 1);
    }
  }
}
