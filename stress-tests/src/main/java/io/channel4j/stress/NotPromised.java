package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
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
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * What the memory model does not promise. Both outcomes are allowed; which ones this machine shows
 * is of interest only. What is forbidden is that an operation fails or answers nonsense.
 *
 * <p>Go: the Race tests of race/testdata/chan_test.go and select_test.go, named at each test. Those
 * that race on a variable that holds a channel are {@link ChannelItself}.
 */
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Seen.")
@Outcome(id = "-1", expect = ACCEPTABLE, desc = "It did not come to that.")
@Outcome(id = "0", expect = ACCEPTABLE_INTERESTING, desc = "Not seen: nothing orders the two.")
@Outcome(expect = FORBIDDEN, desc = "Nonsense.")
public final class NotPromised {
  private NotPromised() {}

  abstract static class Shared {
    int plain;
  }

  /** A send into a buffer does not wait for its receive. Go: RaceChanAsyncRev. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class AsyncReverse extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.receive(ch);
    }

    @Actor
    public void sender(I_Result r) {
      String unused = Ops.send(ch, 1);
      r.r1 = plain;
    }
  }

  /** A send that panics learns nothing. Go: RaceChanSyncCloseSend, RaceChanAsyncCloseSend. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class CloseSend extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void closer() {
      plain = 1;
      ch.close();
    }

    @Actor
    public void sender(I_Result r) {
      r.r1 = Ops.PANIC.equals(Ops.send(ch, 1)) ? plain : -1;
    }
  }

  /** Nor does a close that panics. Go: RaceChanCloseClose, RaceChanWrongClose. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class CloseClose extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first() {
      plain = 1;
      String unused = Ops.close(ch);
    }

    @Actor
    public void second(I_Result r) {
      r.r1 = Ops.PANIC.equals(Ops.close(ch)) ? plain : -1;
    }
  }

  /** The length says nothing about what was written before a send. Go: RaceChanSendLen. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class SendLen extends Shared {
    private final Channel<Integer> ch = Channel.make(2);

    @Actor
    public void sender() {
      plain = 1;
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void observer(I_Result r) {
      while (ch.len() == 0) {
        Ops.pause();
      }
      r.r1 = plain;
    }
  }

  /** Nor before a receive. Go: RaceChanRecvLen. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class ReceiveLen extends Shared {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.receive(ch);
    }

    @Actor
    public void observer(I_Result r) {
      while (ch.len() != 0) {
        Ops.pause();
      }
      r.r1 = plain;
    }
  }

  /** A send that is refused learns nothing from the one that was not. Go: RaceChanSendSend. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class SendSend extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void first() {
      plain = 1;
      String unused = Ops.trySend(ch, 1);
    }

    @Actor
    public void second(I_Result r) {
      r.r1 = Ops.NOT_READY.equals(Ops.trySend(ch, 2)) ? plain : -1;
    }
  }

  /** A receive orders its own sender only. Go: RaceChanWrongSend. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class WrongSend extends Shared {
    private final Channel<Integer> ch = Channel.make(2);

    @Actor
    public void first() {
      plain = 1;
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void second() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void receiver(I_Result r) {
      r.r1 = Ops.receive(ch).equals(2) ? plain : -1;
    }
  }

  /** A default says nothing. Go: FlakyDefault, RaceSelect4. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class Default extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void other() {
      plain = 1;
      String unused = Ops.trySend(ch, 1);
    }

    @Actor
    public void select(I_Result r) {
      Object chosen = Ops.await(Select.<Object>of().receive(ch, () -> 1).orDefault(() -> 0));
      r.r1 = chosen.equals(0) ? plain : -1;
    }
  }

  /** A close does not wait for who receives because of it. Go: RaceSelect2. */
  @JCStressTest
  @JCStressMeta(NotPromised.class)
  @State
  public static class CloseReverse extends Shared {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.await(Select.<Object>of().receive(ch, () -> 1).receive(idle, () -> 2));
    }

    @Actor
    public void closer(I_Result r) {
      ch.close();
      r.r1 = plain;
    }
  }

  @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
  @Outcome(id = "1", expect = ACCEPTABLE_INTERESTING, desc = "A lost update: both at a time.")
  @Outcome(expect = FORBIDDEN, desc = "Nonsense.")
  static final class Lost {
    private Lost() {}
  }

  /** A channel of capacity 2 is no mutex. Go: RaceChanSem. */
  @JCStressTest
  @JCStressMeta(Lost.class)
  @State
  public static class Semaphore {
    private final Channel<Integer> semaphore = Channel.make(2);
    private int count;

    private void increment() {
      String unused1 = Ops.send(semaphore, 0);
      count++;
      Object unused2 = Ops.receive(semaphore);
    }

    @Actor
    public void first() {
      increment();
    }

    @Actor
    public void second() {
      increment();
    }

    @Arbiter
    public void both(I_Result r) {
      r.r1 = count;
    }
  }

  /** Two senders to one receiver are not ordered by it. Go: RaceSelect1. */
  @JCStressTest
  @JCStressMeta(Lost.class)
  @State
  public static class TwoSelectSenders {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();
    private int count;

    private void increment() {
      Object unused = Ops.await(Select.<Object>of().send(ch, 1, () -> 1).send(idle, 1, () -> 2));
      count++;
    }

    @Actor
    public void first() {
      increment();
    }

    @Actor
    public void second() {
      increment();
    }

    @Actor
    public void receiver() {
      Object unused1 = Ops.receive(ch);
      Object unused2 = Ops.receive(ch);
    }

    @Arbiter
    public void both(I_Result r) {
      r.r1 = count;
    }
  }

  /**
   * A channel that is seen through a race is whole all the same, though what was done to it before
   * need not be seen. Go: RaceChanItselfSend, …Recv, …Nil, …Close, …Len, …Cap.
   */
  @JCStressTest
  @Outcome(id = "null", expect = ACCEPTABLE, desc = "Not there yet.")
  @Outcome(id = "2 sent 1", expect = ACCEPTABLE, desc = "A channel that works.")
  @Outcome(expect = FORBIDDEN, desc = "A channel in pieces.")
  @State
  public static class ChannelItself {
    private @Nullable Channel<Integer> ch;

    @Actor
    public void publisher() {
      ch = Channel.make(2);
    }

    @Actor
    public void user(L_Result r) {
      Channel<Integer> c = ch;
      r.r1 = c == null ? "null" : c.cap() + " " + Ops.trySend(c, 1) + " " + Ops.tryReceive(c);
    }
  }

  /** But len and cap may race with a close. Go: NoRaceChanCloseLen, NoRaceChanCloseCap. */
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "As before the close, and after it.")
  @Outcome(expect = FORBIDDEN, desc = "Nonsense.")
  @State
  public static class CloseLen {
    private final Channel<Integer> ch = Channel.make(2);

    public CloseLen() {
      boolean unused = ch.trySend(1);
    }

    @Actor
    public void closer() {
      ch.close();
    }

    @Actor
    public void observer(II_Result r) {
      r.r1 = ch.len();
      r.r2 = ch.cap();
    }
  }
}
