package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A try-operation says "not ready", and a select takes its default, only if there was one instant
 * at which nothing was ready.
 *
 * <p>Go: TestNonblockRecvRace, TestNonblockSelectRace, TestNonblockSelectRace2 in chan_test.go.
 */
public final class NeverSpurious {
  private NeverSpurious() {}

  /** A value is in the buffer when the channel is closed: the receiver sees the value. */
  @JCStressTest
  @Outcome(id = "1", expect = ACCEPTABLE, desc = "The value.")
  @Outcome(expect = FORBIDDEN, desc = "Not ready, or closed before the value was taken.")
  @State
  public static class ReceiveAndClose {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void receiver(L_Result r) {
      r.r1 = Ops.tryReceive(ch);
    }

    @Actor
    public void closer() {
      ch.close();
    }
  }

  /** Who has sent can receive, though another send may be on its way into the slot in front. */
  @JCStressTest
  @Outcome(id = "sent, sent, [12]", expect = ACCEPTABLE, desc = "Some value.")
  @Outcome(expect = FORBIDDEN, desc = "A full slot was not seen, or a free one.")
  @State
  public static class SendThenReceive {
    private final Channel<Integer> ch = Channel.make(2);

    @Actor
    public void sender(LLL_Result r) {
      r.r1 = Ops.trySend(ch, 1);
    }

    @Actor
    public void both(LLL_Result r) {
      r.r2 = Ops.trySend(ch, 2);
      r.r3 = Ops.tryReceive(ch);
    }
  }

  /**
   * Who has received can send, though another receive may be on its way out of the slot in front.
   */
  @JCStressTest
  @Outcome(id = "1, sent, 2, sent", expect = ACCEPTABLE, desc = "A slot each.")
  @Outcome(id = "2, sent, 1, sent", expect = ACCEPTABLE, desc = "A slot each.")
  @Outcome(expect = FORBIDDEN, desc = "A free slot was not seen, or a value.")
  @State
  public static class ReceiveThenSend {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void first(LLLL_Result r) {
      r.r1 = Ops.tryReceive(ch);
      r.r2 = Ops.trySend(ch, 3);
    }

    @Actor
    public void second(LLLL_Result r) {
      r.r3 = Ops.tryReceive(ch);
      r.r4 = Ops.trySend(ch, 4);
    }
  }

  @Outcome(id = "[12].*", expect = ACCEPTABLE, desc = "One of the cases was chosen.")
  @Outcome(expect = FORBIDDEN, desc = "The default, though a case was ready at every instant.")
  static final class NotDefault {
    private NotDefault() {}
  }

  abstract static class TwoChannels {
    Channel<Integer> first = Channel.make(1);
    Channel<Integer> second = Channel.make(1);

    final Object selectReceive() {
      return Ops.await(
          Select.<Object>of()
              .receive(first, () -> 1)
              .receive(second, () -> 2)
              .orDefault(() -> "default"));
    }

    final Object selectSend() {
      return Ops.await(
          Select.<Object>of()
              .send(first, 0, () -> 1)
              .send(second, 0, () -> 2)
              .orDefault(() -> "default"));
    }

    final Object pollLoop() {
      var select = Select.loop();
      var fromFirst = select.receive(first);
      var unused = select.receive(second);
      var chosen = select.poll();
      return chosen == null ? "default" : chosen == fromFirst ? 1 : 2;
    }
  }

  /** The second channel becomes ready before the first ceases to be. */
  @JCStressTest
  @JCStressMeta(NotDefault.class)
  @State
  public static class SelectOnce extends TwoChannels {
    public SelectOnce() {
      boolean unused = first.trySend(0);
    }

    @Actor
    public void select(LL_Result r) {
      r.r1 = selectReceive();
    }

    @Actor
    public void mover(LL_Result r) {
      r.r2 = Ops.trySend(second, 0) + " " + Ops.tryReceive(first);
    }
  }

  /** The same, polling a loop. */
  @JCStressTest
  @JCStressMeta(NotDefault.class)
  @State
  public static class SelectLoop extends TwoChannels {
    public SelectLoop() {
      boolean unused = first.trySend(0);
    }

    @Actor
    public void select(LL_Result r) {
      r.r1 = pollLoop();
    }

    @Actor
    public void mover(LL_Result r) {
      r.r2 = Ops.trySend(second, 0) + " " + Ops.tryReceive(first);
    }
  }

  /** The value goes to and fro several times. */
  @JCStressTest
  @JCStressMeta(NotDefault.class)
  @State
  public static class SelectToAndFro extends TwoChannels {
    public SelectToAndFro() {
      boolean unused = first.trySend(0);
    }

    @Actor
    public void select(LL_Result r) {
      r.r1 = selectReceive();
    }

    @Actor
    public void mover(LL_Result r) {
      for (int i = 0; i < 4; i++) {
        boolean unused1 = second.trySend(0);
        Object unused2 = Ops.tryReceive(first);
        boolean unused3 = first.trySend(0);
        Object unused4 = Ops.tryReceive(second);
      }
      r.r2 = "";
    }
  }

  /** The second channel becomes ready by being closed. */
  @JCStressTest
  @JCStressMeta(NotDefault.class)
  @State
  public static class SelectAndClose extends TwoChannels {
    public SelectAndClose() {
      boolean unused = first.trySend(0);
      second = Channel.make();
    }

    @Actor
    public void select(LL_Result r) {
      r.r1 = selectReceive();
    }

    @Actor
    public void mover(LL_Result r) {
      second.close();
      r.r2 = Ops.tryReceive(first);
    }
  }

  /** Room to send instead of values to receive. */
  @JCStressTest
  @JCStressMeta(NotDefault.class)
  @State
  public static class SelectSend extends TwoChannels {
    public SelectSend() {
      boolean unused = second.trySend(0);
    }

    @Actor
    public void select(LL_Result r) {
      r.r1 = selectSend();
    }

    @Actor
    public void mover(LL_Result r) {
      r.r2 = Ops.tryReceive(second) + " " + Ops.trySend(first, 0);
    }
  }
}
