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
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * A close happens before a receive that returns because the channel is closed: the receiver sees
 * what the closer had written.
 *
 * <p>Go: NoRaceChanSyncCloseRecv, NoRaceChanAsyncCloseRecv, NoRaceCloseHappensBeforeRead in
 * race/testdata.
 */
@Outcome(id = "closed, 1", expect = ACCEPTABLE, desc = "Closed, with all that was written before.")
@Outcome(id = "not ready, .", expect = ACCEPTABLE, desc = "Not closed yet: nothing is promised.")
@Outcome(expect = FORBIDDEN, desc = "What was written before the close is not there.")
public final class CloseBeforeZero {
  private CloseBeforeZero() {}

  abstract static class Shared {
    int plain;

    final void close(Channel<Integer> ch) {
      plain = 1;
      ch.close();
    }

    final void see(Object received, LI_Result r) {
      r.r1 = received;
      r.r2 = plain;
    }
  }

  /** A receiver that waits, or comes later. */
  @JCStressTest
  @JCStressMeta(CloseBeforeZero.class)
  @State
  public static class Receive extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void closer() {
      close(ch);
    }

    @Actor
    public void receiver(LI_Result r) {
      see(Ops.receive(ch), r);
    }
  }

  /** A receiver that first takes what is in the buffer. */
  @JCStressTest
  @JCStressMeta(CloseBeforeZero.class)
  @State
  public static class ReceiveBuffered extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void closer() {
      close(ch);
    }

    @Actor
    public void receiver(LI_Result r) {
      Object unused1 = Ops.receive(ch);
      Object unused2 = Ops.receive(ch);
      see(Ops.receive(ch), r);
    }
  }

  /** A receiver that does not wait. */
  @JCStressTest
  @JCStressMeta(CloseBeforeZero.class)
  @State
  public static class Try extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void closer() {
      close(ch);
    }

    @Actor
    public void receiver(LI_Result r) {
      see(Ops.tryReceive(ch), r);
    }
  }

  /** A select with another case that never becomes ready. */
  @JCStressTest
  @JCStressMeta(CloseBeforeZero.class)
  @State
  public static class SelectOnce extends Shared {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void closer() {
      close(ch);
    }

    @Actor
    public void receiver(LI_Result r) {
      see(
          Ops.await(
              Select.<Object>of()
                  .receive(ch, (v, ok) -> ok ? v : Ops.CLOSED)
                  .receive(idle, () -> "idle")),
          r);
    }
  }

  /** A loop that ends when it sees the close of its done channel. */
  @JCStressTest
  @JCStressMeta(CloseBeforeZero.class)
  @State
  public static class SelectLoop extends Shared {
    private final Channel<Integer> in = Channel.make();
    private final Channel<Integer> done = Channel.make();

    @Actor
    public void closer() {
      String unused = Ops.send(in, 1);
      close(done);
    }

    @Actor
    public void receiver(LI_Result r) {
      var select = Select.loop();
      var fromIn = select.receive(in);
      var fromDone = select.receive(done);
      var chosen = Ops.await(select);
      while (chosen == fromIn) {
        chosen = Ops.await(select);
      }
      see(fromDone.ok() ? "a value" : Ops.CLOSED, r);
    }
  }
}
