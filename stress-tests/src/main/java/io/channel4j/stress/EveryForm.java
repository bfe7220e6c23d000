package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The memory rules through the forms of the operations that the other suites leave out: with a
 * deadline, by iteration, and without a value.
 *
 * <p>Go: NoRaceChanAsyncCloseRecv2 and 3, NoRaceChanSyncCloseRecv2 and 3, NoRaceElemSize0,
 * NoRaceChanReadWriteAsync, NoRaceSelectReadWriteAsync, NoRaceBlockedSelectSendSync, NoRaceSelect5
 * in race/testdata.
 */
@Outcome(id = "1", expect = ACCEPTABLE, desc = "Seen.")
@Outcome(expect = FORBIDDEN, desc = "What was written before is not there.")
public final class EveryForm {
  private EveryForm() {}

  abstract static class Shared {
    int plain;
    final Channel<Integer> idle = Channel.make();

    final Object selectSend(Channel<Integer> ch, int value) {
      return Ops.await(
          Select.<Object>of().send(ch, value, () -> Ops.SENT).receive(idle, () -> "idle"));
    }

    final Object selectReceive(Channel<Integer> ch) {
      return Ops.await(Select.<Object>of().receive(idle, () -> "idle").receive(ch, v -> v));
    }
  }

  // ---- send before receive

  /** A receive with a deadline. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class TimedReceive extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender() {
      plain = 1;
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void receiver(I_Result r) {
      Object unused = Ops.receiveWithin(ch, Ops.EVER);
      r.r1 = plain;
    }
  }

  /** A select with a deadline, from a send with one behind a full buffer. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class TimedSelect extends Shared {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void sender() {
      plain = 1;
      String unused = Ops.sendWithin(ch, 2, Ops.EVER);
    }

    @Actor
    public void receiver(I_Result r) {
      Object unused1 = Ops.receive(ch);
      Object unused2 =
          Ops.await(
              Select.<Object>of()
                  .receive(ch, v -> v)
                  .receive(idle, v -> v)
                  .onTimeout(Ops.EVER, () -> "timeout"));
      r.r1 = plain;
    }
  }

  /** A select that polls until it is served. Go: NoRaceSelect2 to 4. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class PollingSelect extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender() {
      plain = 1;
      Object unused = selectSend(ch, 1);
    }

    @Actor
    public void receiver(I_Result r) {
      var select = Select.loop();
      var unused1 = select.receive(idle);
      var unused2 = select.receive(ch);
      while (select.poll() == null) {
        Ops.pause();
      }
      r.r1 = plain;
    }
  }

  /** A value is no part of it: a null does as well. Go: NoRaceElemSize0. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class NullElement extends Shared {
    private final Channel<@Nullable Integer> ch = Channel.make(1);

    @Actor
    public void sender() {
      plain = 1;
      boolean unused = ch.trySend(null);
    }

    @Actor
    public void receiver(I_Result r) {
      var got = ch.tryReceive();
      for (; !got.isReady(); got = ch.tryReceive()) {
        Ops.pause();
      }
      r.r1 = got.ok() ? plain : 2;
    }
  }

  @Outcome(id = "0", expect = ACCEPTABLE, desc = "Read before it was written.")
  @Outcome(expect = FORBIDDEN, desc = "A write after the receive was seen before the send.")
  static final class ReadFirst {
    private ReadFirst() {}
  }

  /** What the sender reads before, the receiver has not written. Go: NoRaceChanReadWriteAsync. */
  @JCStressTest
  @JCStressMeta(ReadFirst.class)
  @State
  public static class ReadThenSend extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void sender(I_Result r) {
      r.r1 = plain;
      String unused = Ops.send(ch, 1);
    }

    @Actor
    public void receiver() {
      Object unused = Ops.receive(ch);
      plain = 1;
    }
  }

  /** The same through selects. Go: NoRaceSelectReadWriteAsync. */
  @JCStressTest
  @JCStressMeta(ReadFirst.class)
  @State
  public static class ReadThenSelect extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void sender(I_Result r) {
      r.r1 = plain;
      Object unused = selectSend(ch, 1);
    }

    @Actor
    public void receiver() {
      Object unused = selectReceive(ch);
      plain = 1;
    }
  }

  // ---- close before the zero value

  /** A loop over the channel that ends. Go: NoRaceChanAsyncCloseRecv3. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class Range extends Shared {
    private final Channel<Integer> ch = Ops.full(1);

    @Actor
    public void closer() {
      plain = 1;
      ch.close();
    }

    @Actor
    public void receiver(I_Result r) {
      int values = 0;
      for (int v : ch) {
        values += v;
      }
      r.r1 = values == 1 ? plain : 2;
    }
  }

  /** A receive with a deadline. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class TimedClosed extends Shared {
    private final Channel<Integer> ch = Channel.make(1);

    @Actor
    public void closer() {
      plain = 1;
      ch.close();
    }

    @Actor
    public void receiver(I_Result r) {
      Object got = Ops.receiveWithin(ch, Ops.EVER);
      r.r1 = Ops.CLOSED.equals(got) ? plain : 2;
    }
  }

  // ---- receive before send

  /** A send with a deadline, which takes the place of what was received. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class TimedThirdSend extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.receive(ch);
    }

    @Actor
    public void sender(I_Result r) {
      String unused = Ops.sendWithin(ch, 3, Ops.EVER);
      r.r1 = plain;
    }
  }

  /** A select. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class SelectThirdSend extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = selectReceive(ch);
    }

    @Actor
    public void sender(I_Result r) {
      Object unused = selectSend(ch, 3);
      r.r1 = plain;
    }
  }

  /** A try-receive makes room for a loop. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class LoopThirdSend extends Shared {
    private final Channel<Integer> ch = Ops.full(2);

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.tryReceive(ch);
    }

    @Actor
    public void sender(I_Result r) {
      var select = Select.loop();
      var unused1 = select.receive(idle);
      var unused2 = select.send(ch, 3);
      var unused3 = Ops.await(select);
      r.r1 = plain;
    }
  }

  /** An unbuffered send with a deadline, and its own receive. */
  @JCStressTest
  @JCStressMeta(EveryForm.class)
  @State
  public static class TimedUnbuffered extends Shared {
    private final Channel<Integer> ch = Channel.make();

    @Actor
    public void receiver() {
      plain = 1;
      Object unused = Ops.receiveWithin(ch, Ops.EVER);
    }

    @Actor
    public void sender(I_Result r) {
      String unused = Ops.sendWithin(ch, 1, Ops.EVER);
      r.r1 = plain;
    }
  }
}
