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
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * The k-th receive happens before the (k+C)-th send on a channel of capacity C completes, and a
 * receive on an unbuffered channel before its own send completes: the sender sees what the receiver
 * had written. So a channel of capacity 1 is a mutex.
 *
 * <p>Go: NoRaceChanSyncRev, NoRaceChanMutex, NoRaceSelectMutex, NoRaceChanWaitGroup,
 * NoRaceBlockedSendSync, NoRaceBlockedSelectSendSync in race/testdata.
 */
@Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "Sent, and sees what the receiver wrote.")
@Outcome(id = "not ready, .", expect = ACCEPTABLE, desc = "Not sent: nothing is promised.")
@Outcome(expect = FORBIDDEN, desc = "The sender does not see what the receiver wrote.")
public final class ReceiveBeforeSend {
  private ReceiveBeforeSend() {}

  abstract static class Shared {
    int plain;

    final void see(Object sent, LI_Result r) {
      r.r1 = sent;
      r.r2 = plain;
    }

    final void receive(Channel<Integer> ch) {
      plain = 1;
      Object unused = Ops.receive(ch);
    }
  }

  /** A receive and its own send. */
  @JCStressTest
  @JCStressMeta(ReceiveBeforeSend.class)
  @State
  public static class Unbuffered extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void receiver() {
      receive(ch);
    }

    @Actor
    public void sender(LI_Result r) {
      see(Ops.send(ch, 1), r);
    }
  }

  /** The same, both as selects. */
  @JCStressTest
  @JCStressMeta(ReceiveBeforeSend.class)
  @State
  public static class UnbufferedSelect extends Shared {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void receiver() {
      plain = 1;
      var select = Select.loop();
      var unused1 = select.receive(ch);
      var unused2 = select.receive(idle);
      var unused3 = Ops.await(select);
    }

    @Actor
    public void sender(LI_Result r) {
      see(
          Ops.await(Select.<Object>of().send(ch, 1, () -> Ops.SENT).receive(idle, () -> "idle")),
          r);
    }
  }

  /** The first receive and the third send, with capacity 2. */
  @JCStressTest
  @JCStressMeta(ReceiveBeforeSend.class)
  @State
  public static class ThirdSend extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void receiver() {
      receive(ch);
    }

    @Actor
    public void sender(LI_Result r) {
      see(Ops.send(ch, 3), r);
    }
  }

  /** The same, with a sender that does not wait. */
  @JCStressTest
  @JCStressMeta(ReceiveBeforeSend.class)
  @State
  public static class ThirdTrySend extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void receiver() {
      receive(ch);
    }

    @Actor
    public void sender(LI_Result r) {
      see(Ops.trySend(ch, 3), r);
    }
  }

  /** Two threads count in a plain variable, with a channel for a mutex. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
  @Outcome(expect = FORBIDDEN, desc = "One after the other was not seen: a lost update.")
  @State
  public static class Mutex {
    private final Channel<Integer> mutex = Channel.make(1);
    private int count;

    private void increment() {
      String unused1 = Ops.send(mutex, 0);
      count++;
      Object unused2 = Ops.receive(mutex);
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

  /** The same, with selects. */
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are counted.")
  @Outcome(expect = FORBIDDEN, desc = "One after the other was not seen: a lost update.")
  @State
  public static class SelectMutex {
    private final Channel<Integer> mutex = Channel.make(1);
    private final Channel<Integer> idle = Channel.make();
    private int count;

    private void increment() {
      Object unused1 =
          Ops.await(Select.<Object>of().send(mutex, 0, () -> Ops.SENT).receive(idle, () -> "idle"));
      count++;
      Object unused2 = Ops.await(Select.<Object>of().receive(mutex, v -> v).receive(idle, v -> v));
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

  /** The same, with operations that do not wait; who has the mutex can always give it back. */
  @JCStressTest
  @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "The second found it taken.")
  @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "The first found it taken.")
  @Outcome(expect = FORBIDDEN, desc = "A lost update, two at a time, or nobody.")
  @State
  public static class TryMutex {
    private final Channel<Integer> mutex = Channel.make(1);
    private int count;

    private int increment() {
      if (!mutex.trySend(0)) {
        return 0;
      }
      count++;
      return mutex.tryReceive().ok() ? 1 : -1;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = increment();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = increment();
    }

    @Arbiter
    public void both(III_Result r) {
      r.r3 = count;
    }
  }
}
