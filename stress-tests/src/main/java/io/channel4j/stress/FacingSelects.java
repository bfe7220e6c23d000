package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectLoop;
import io.channel4j.select.SendCase;
import java.util.Objects;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two selects that can only go ahead together do: one sends what the other receives, neither meets
 * itself, and neither goes ahead alone.
 *
 * <p>Go: TestSelfSelect in chan_test.go.
 */
@Outcome(id = "sent, 1", expect = ACCEPTABLE, desc = "The first sent to the second.")
@Outcome(id = "2, sent", expect = ACCEPTABLE, desc = "The second sent to the first.")
@Outcome(expect = FORBIDDEN, desc = "Two outcomes that do not belong together.")
public final class FacingSelects {
  private FacingSelects() {}

  static Object select(Channel<Integer> out, int value, Channel<Integer> in) {
    return Ops.await(
        Select.<Object>of()
            .send(out, value, () -> Ops.SENT)
            .receive(in, (v, ok) -> ok ? v : Ops.CLOSED));
  }

  static final class Loop {
    private final SelectLoop select = Select.loop();
    private final SendCase<Integer> send;
    private final ReceiveCase<Integer> receive;

    Loop(Channel<Integer> out, Channel<Integer> in) {
      send = select.send(out);
      receive = select.receive(in);
    }

    Object await(int value) {
      send.value(value);
      return Ops.await(select) == send ? Ops.SENT : Objects.requireNonNull(receive.value());
    }
  }

  /** Each sends where the other receives, on two channels. */
  @JCStressTest
  @JCStressMeta(FacingSelects.class)
  @State
  public static class TwoChannels {
    private final Channel<Integer> there = Channel.make();
    private final Channel<Integer> back = Channel.make();

    @Actor
    public void first(LL_Result r) {
      r.r1 = select(there, 1, back);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = select(back, 2, there);
    }
  }

  /** Each sends and receives on the one channel. */
  @JCStressTest
  @JCStressMeta(FacingSelects.class)
  @State
  public static class OneChannel {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first(LL_Result r) {
      r.r1 = select(ch, 1, ch);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = select(ch, 2, ch);
    }
  }

  @Outcome(
      id = "(sent, 1|2, sent), (sent, 3|4, sent)",
      expect = ACCEPTABLE,
      desc = "They met twice.")
  @Outcome(expect = FORBIDDEN, desc = "Two outcomes that do not belong together.")
  static final class Twice {
    private Twice() {}
  }

  /** Two rounds of two loops: the second one uses the places of the first. */
  @JCStressTest
  @JCStressMeta(Twice.class)
  @State
  public static class TwoChannelsLoop {
    private final Channel<Integer> there = Channel.make();
    private final Channel<Integer> back = Channel.make();

    @Actor
    public void first(LLLL_Result r) {
      var loop = new Loop(there, back);
      r.r1 = loop.await(1);
      r.r3 = loop.await(3);
    }

    @Actor
    public void second(LLLL_Result r) {
      var loop = new Loop(back, there);
      r.r2 = loop.await(2);
      r.r4 = loop.await(4);
    }
  }

  /** Two rounds of two loops on one channel. */
  @JCStressTest
  @JCStressMeta(Twice.class)
  @State
  public static class OneChannelLoop {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void first(LLLL_Result r) {
      var loop = new Loop(ch, ch);
      r.r1 = loop.await(1);
      r.r3 = loop.await(3);
    }

    @Actor
    public void second(LLLL_Result r) {
      var loop = new Loop(ch, ch);
      r.r2 = loop.await(2);
      r.r4 = loop.await(4);
    }
  }
}
