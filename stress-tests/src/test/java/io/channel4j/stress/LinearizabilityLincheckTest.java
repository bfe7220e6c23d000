package io.channel4j.stress;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.select.Select;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The operations that do not wait answer as if they had taken place one after the other, each at an
 * instant between its call and its return; a select with a default over two channels as well.
 *
 * <p>Operations that wait are in {@link ProtocolLincheckTest}, for Lincheck takes a scenario for a
 * hang if one of its threads waits for an operation that the scenario does not have.
 */
class LinearizabilityLincheckTest {

  // ---- one channel

  /** Everything but len, for which see below. */
  public abstract static class OneChannel {
    private final Channel<Integer> ch;

    OneChannel(int capacity) {
      ch = Channel.make(capacity);
    }

    @Operation
    public String trySend(@Param(gen = IntGen.class, conf = "1:9") int value) {
      return Ops.trySend(ch, value);
    }

    @Operation
    public Object tryReceive() {
      return Ops.tryReceive(ch);
    }

    @Operation
    public Object selectSend(@Param(gen = IntGen.class, conf = "11:19") int value) {
      return Ops.await(
          Select.<Object>of().send(ch, value, () -> Ops.SENT).orDefault(() -> Ops.NOT_READY));
    }

    @Operation
    public Object selectReceive() {
      return Ops.await(
          Select.<Object>of()
              .receive(ch, (v, ok) -> ok ? v : Ops.CLOSED)
              .orDefault(() -> Ops.NOT_READY));
    }

    @Operation
    public String close() {
      try {
        ch.close();
        return Ops.CLOSED;
      } catch (ChannelPanic.CloseOfClosed e) {
        return Ops.PANIC;
      }
    }
  }

  /** Unbuffered. */
  public static final class Capacity0 extends OneChannel {
    public Capacity0() {
      super(0);
    }
  }

  /** One slot. */
  public static final class Capacity1 extends OneChannel {
    public Capacity1() {
      super(1);
    }
  }

  /** Two slots. */
  public static final class Capacity2 extends OneChannel {
    public Capacity2() {
      super(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"Capacity0, Of0", "Capacity1, Of1", "Capacity2, Of2"})
  void stressOfOneChannel(String operations, String specification)
      throws ReflectiveOperationException {
    Lincheck.stress(named(operations), named(specification));
  }

  @ParameterizedTest
  @CsvSource({"Capacity0, Of0", "Capacity1, Of1", "Capacity2, Of2"})
  void modelOfOneChannel(String operations, String specification)
      throws ReflectiveOperationException {
    Lincheck.model(named(operations), named(specification));
  }

  private static Class<?> named(String name) throws ReflectiveOperationException {
    Class<?> outer = name.startsWith("Of") ? ChannelSpec.class : LinearizabilityLincheckTest.class;
    return Class.forName(outer.getName() + "$" + name);
  }

  // ---- len

  /**
   * All values are alike: len counts a value when it is granted a slot, and which of two sends
   * under way at once comes first is decided later.
   */
  public static final class Counted {
    private final Channel<Integer> ch = Channel.make(2);

    @Operation
    public String trySend() {
      return Ops.trySend(ch, 1);
    }

    @Operation
    public Object tryReceive() {
      return Ops.tryReceive(ch);
    }

    @Operation
    public int len() {
      return ch.len();
    }
  }

  @Test
  void stressOfLen() {
    Lincheck.stress(Counted.class, ChannelSpec.Of2.class);
  }

  @Test
  void modelOfLen() {
    Lincheck.model(Counted.class, ChannelSpec.Of2.class);
  }

  // ---- select over two channels

  /**
   * Two channels, seen through selects over both, are a counter: which one was chosen is not said.
   */
  public static final class Counter {
    private static final int SLOTS = 3;
    private int count;

    public boolean send() {
      return count < SLOTS && ++count > 0;
    }

    public boolean receive() {
      return count > 0 && count-- > 0;
    }

    public boolean sendBack() {
      return send();
    }

    public boolean receiveBack() {
      return receive();
    }
  }

  /** The default is taken only if at one instant none of the channels was ready. */
  public static final class TwoChannels {
    private final Channel<Integer> small = Channel.make(1);
    private final Channel<Integer> large = Channel.make(2);

    @Operation
    public boolean send() {
      return Ops.SENT.equals(
          Ops.await(
              Select.<Object>of()
                  .send(small, 1, () -> Ops.SENT)
                  .send(large, 1, () -> Ops.SENT)
                  .orDefault(() -> Ops.NOT_READY)));
    }

    @Operation
    public boolean receive() {
      var select = Select.loop();
      var unused1 = select.receive(small);
      var unused2 = select.receive(large);
      return select.poll() != null;
    }
  }

  @Test
  void stressOfSelectOverTwoChannels() {
    Lincheck.stress(TwoChannels.class, Counter.class);
  }

  @Test
  void modelOfSelectOverTwoChannels() {
    Lincheck.model(TwoChannels.class, Counter.class);
  }

  // ---- Lincheck itself

  /** One after the other: what a select with a default must not do. */
  public static final class NoSnapshot {
    private final Channel<Integer> small = Channel.make(1);
    private final Channel<Integer> large = Channel.make(2);

    @Operation
    public boolean send() {
      return small.trySend(1) || large.trySend(1);
    }

    @Operation
    public boolean receive() {
      return small.tryReceive().ok() || large.tryReceive().ok();
    }

    /** In the other order. */
    @Operation
    public boolean receiveBack() {
      return large.tryReceive().ok() || small.tryReceive().ok();
    }

    /** In the other order. */
    @Operation
    public boolean sendBack() {
      return large.trySend(1) || small.trySend(1);
    }
  }

  @Test
  void lincheckFindsASelectWithoutSnapshot() {
    Lincheck.findsFault(NoSnapshot.class, Counter.class);
  }

  /** Room and a value are two questions. */
  public static final class CheckThenAct {
    private final Channel<Integer> ch = Channel.make(2);

    @Operation
    public String trySend(@Param(gen = IntGen.class, conf = "1:9") int value) {
      return ch.len() < 1 ? Ops.trySend(ch, value) : Ops.NOT_READY;
    }

    @Operation
    public Object tryReceive() {
      return Ops.tryReceive(ch);
    }
  }

  @Test
  void lincheckFindsACheckApartFromItsAct() {
    Lincheck.findsFault(CheckThenAct.class, ChannelSpec.Of1.class);
  }
}
