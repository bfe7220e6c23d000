package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two senders and two receivers, or four of a kind, at a time: values, slots and meetings add up.
 */
@Outcome(id = "1 2|2 1", expect = ACCEPTABLE, desc = "One value each.")
@Outcome(expect = FORBIDDEN, desc = "A value was lost or doubled.")
public final class Crowds {
  private Crowds() {}

  /** What two receivers got is one result. */
  abstract static class TwoByTwo {
    private volatile Object first = "";
    private volatile Object second = "";

    final void got(boolean byFirst, Object value) {
      if (byFirst) {
        first = value;
      } else {
        second = value;
      }
    }

    final String both() {
      return first + " " + second;
    }
  }

  /** On an unbuffered channel. */
  @JCStressTest
  @JCStressMeta(Crowds.class)
  @State
  public static class Unbuffered extends TwoByTwo {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender1() {
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void sender2() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void receiver1() {
      got(true, Ops.receive(ch));
    }

    @Actor
    public void receiver2() {
      got(false, Ops.receive(ch));
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = both();
    }
  }

  /** With one slot for all. */
  @JCStressTest
  @JCStressMeta(Crowds.class)
  @State
  public static class Capacity1 extends TwoByTwo {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void sender1() {
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void sender2() {
      String unused = Ops.send(ch, 2);
    }

    @Actor
    public void receiver1() {
      got(true, Ops.receive(ch));
    }

    @Actor
    public void receiver2() {
      got(false, Ops.receive(ch));
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = both();
    }
  }

  /** A plain, a timed, a one-shot and a loop form. */
  @JCStressTest
  @JCStressMeta(Crowds.class)
  @State
  public static class OneOfEachForm extends TwoByTwo {
    private final Channel<Integer> ch = Channel.make();
    private final Channel<Integer> idle = Channel.make();

    @Actor
    public void sender1() {
      Object unused = Ops.await(Select.<Object>of().send(ch, 1, () -> 1).receive(idle, () -> 2));
    }

    @Actor
    public void sender2() {
      String unused = Ops.sendWithin(ch, 2, Ops.EVER);
    }

    @Actor
    public void receiver1() {
      got(true, Ops.receive(ch));
    }

    @Actor
    public void receiver2() {
      var select = Select.loop();
      var fromCh = select.receive(ch);
      var unused1 = select.receive(idle);
      var unused2 = Ops.await(select);
      got(false, fromCh.value());
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = both();
    }
  }

  /** Two channels, a sender each, and two selects over both. */
  @JCStressTest
  @JCStressMeta(Crowds.class)
  @State
  public static class TwoChannels extends TwoByTwo {
    private final Channel<Integer> a = Channel.make();
    private final Channel<Integer> b = Channel.make(1);

    private Object select() {
      return Ops.await(Select.<Object>of().receive(a, v -> v).receive(b, v -> v));
    }

    @Actor
    public void sender1() {
      String unused = Ops.send(a, 1);
    }

    @Actor
    public void sender2() {
      String unused = Ops.send(b, 2);
    }

    @Actor
    public void receiver1() {
      got(true, select());
    }

    @Actor
    public void receiver2() {
      got(false, select());
    }

    @Arbiter
    public void after(L_Result r) {
      r.r1 = both();
    }
  }

  @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "As many as there are slots.")
  @Outcome(expect = FORBIDDEN, desc = "More, or fewer.")
  static final class Slots {
    private Slots() {}
  }

  /** Four senders, two slots. */
  @JCStressTest
  @JCStressMeta(Slots.class)
  @State
  public static class Capacity {
    private final Channel<Integer> ch = Channel.make(2);
    private final int[] sent = new int[4];

    private void send(int who) {
      sent[who] = ch.trySend(who) ? 1 : 0;
    }

    @Actor
    public void first() {
      send(0);
    }

    @Actor
    public void second() {
      send(1);
    }

    @Actor
    public void third() {
      send(2);
    }

    @Actor
    public void fourth() {
      send(3);
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = Arrays.stream(sent).sum();
      r.r2 = ch.len();
    }
  }

  /** Four receivers, two values; a select is one of them. */
  @JCStressTest
  @JCStressMeta(Slots.class)
  @State
  public static class Values {
    private final Channel<Integer> ch = Ops.full(2);
    private final int[] received = new int[4];

    private void receive(int who) {
      received[who] = Ops.NOT_READY.equals(Ops.tryReceive(ch)) ? 0 : 1;
    }

    @Actor
    public void first() {
      receive(0);
    }

    @Actor
    public void second() {
      receive(1);
    }

    @Actor
    public void third() {
      receive(2);
    }

    @Actor
    public void select() {
      received[3] = (int) Ops.await(Select.<Object>of().receive(ch, () -> 1).orDefault(() -> 0));
    }

    @Arbiter
    public void after(II_Result r) {
      r.r1 = Arrays.stream(received).sum();
      r.r2 = 2 - ch.len();
    }
  }

  @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "Who sent and who received belong together.")
  @Outcome(expect = FORBIDDEN, desc = "They do not, or somebody still waits.")
  static final class Paired {
    private Paired() {}

    /** Whether those who sent are those from whom was received, once each. */
    static boolean matches(Object[] ends) {
      var from = new HashSet<Object>();
      int received = 0;
      for (Object end : ends) {
        if (end instanceof Integer) {
          received++;
          from.add(end);
        }
      }
      var senders = new HashSet<Object>();
      for (int i = 0; i < ends.length; i++) {
        if (Ops.SENT.equals(ends[i])) {
          senders.add(i);
        }
      }
      return received == from.size() && from.equals(senders);
    }
  }

  /** Four selects, each of which would send or receive on one channel: two pairs. */
  @JCStressTest
  @JCStressMeta(Paired.class)
  @State
  public static class FourFacing {
    private final Channel<Integer> ch = Channel.make();
    private final Object[] ends = new Object[4];

    private void meet(int who) {
      ends[who] = FacingSelects.select(ch, who, ch);
    }

    @Actor
    public void first() {
      meet(0);
    }

    @Actor
    public void second() {
      meet(1);
    }

    @Actor
    public void third() {
      meet(2);
    }

    @Actor
    public void fourth() {
      meet(3);
    }

    @Arbiter
    public void after(LL_Result r) {
      long sent = Arrays.stream(ends).filter(Ops.SENT::equals).count();
      r.r1 = sent == 2 && Paired.matches(ends);
      r.r2 = ((ChannelBase<?>) ch).waitingReceivers() + ((ChannelBase<?>) ch).waitingSenders();
    }
  }

  /** Three in a circle, each sending to the next: two of them meet, and the third gives up. */
  @JCStressTest
  @JCStressMeta(Paired.class)
  @State
  public static class Circle {
    private final Channel<Integer> a = Channel.make();
    private final Channel<Integer> b = Channel.make();
    private final Channel<Integer> c = Channel.make();
    private final Object[] ends = new Object[3];

    private void meet(int who, Channel<Integer> out, Channel<Integer> in) {
      ends[who] =
          Ops.await(
              Select.<Object>of()
                  .send(out, who, () -> Ops.SENT)
                  .receive(in, v -> v)
                  .onTimeout(Ops.shortTime(), () -> Ops.NOT_READY));
    }

    @Actor
    public void first() {
      meet(0, a, c);
    }

    @Actor
    public void second() {
      meet(1, b, a);
    }

    @Actor
    public void third() {
      meet(2, c, b);
    }

    @Arbiter
    public void after(LL_Result r) {
      r.r1 = Paired.matches(ends);
      int waiting = 0;
      for (Channel<Integer> ch : List.of(a, b, c)) {
        var base = (ChannelBase<?>) ch;
        waiting += base.waitingReceivers() + base.waitingSenders();
      }
      r.r2 = waiting;
    }
  }
}
