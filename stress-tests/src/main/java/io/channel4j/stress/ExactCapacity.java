package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A channel takes as many values as its capacity says, also when senders race, and len tells it.
 */
public final class ExactCapacity {
  private ExactCapacity() {}

  /** One slot, two senders. */
  @JCStressTest
  @Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "The first sender got the slot.")
  @Outcome(id = "false, true, 1", expect = ACCEPTABLE, desc = "The second sender got the slot.")
  @Outcome(expect = FORBIDDEN, desc = "Two values, or none, or len is wrong.")
  @State
  public static class One {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void first(ZZI_Result r) {
      r.r1 = ch.trySend(1);
    }

    @Actor
    public void second(ZZI_Result r) {
      r.r2 = ch.trySend(2);
    }

    @Arbiter
    public void after(ZZI_Result r) {
      r.r3 = ch.len();
    }
  }

  /** Three slots, two senders of two or three values each; a queue of JCTools would take four. */
  @JCStressTest
  @Outcome(id = "0, 3, 3", expect = ACCEPTABLE, desc = "Three went in.")
  @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "Three went in.")
  @Outcome(id = "2, 1, 3", expect = ACCEPTABLE, desc = "Three went in.")
  @Outcome(expect = FORBIDDEN, desc = "More or fewer values than slots, or len is wrong.")
  @State
  public static class Three {
    private final Channel<Integer> ch = Channel.make(3);

    private int send(int times) {
      int sent = 0;
      for (int i = 0; i < times; i++) {
        if (ch.trySend(i)) {
          sent++;
        }
      }
      return sent;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = send(2);
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = send(3);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = ch.len();
    }
  }

  /** One slot, two threads that send and receive, and look at len on the way. */
  @JCStressTest
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "len was 0 or 1 always, and is 0.")
  @Outcome(expect = FORBIDDEN, desc = "len was not between 0 and cap, or a value stayed.")
  @State
  public static class Len {
    private final Channel<Integer> ch = Channel.make(1);

    private int wrong() {
      int len = ch.len();
      return len < 0 || len > 1 ? 1 : 0;
    }

    private int sendAndReceive() {
      int wrong = 0;
      for (int i = 0; i < 3; i++) {
        String unused1 = Ops.send(ch, i);
        wrong += wrong();
        Object unused2 = Ops.receive(ch);
        wrong += wrong();
      }
      return wrong;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = sendAndReceive();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = sendAndReceive();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = ch.len();
    }
  }
}
