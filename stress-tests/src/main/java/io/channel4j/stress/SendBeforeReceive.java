package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.Select;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A send happens before the corresponding receive completes: the receiver sees what the sender had
 * written, both into the message, which has no final and no volatile field, and next to it.
 *
 * <p>Go: NoRaceChanSync, NoRaceChanAsync, NoRaceChanPtr, NoRaceProducerConsumerUnbuffered,
 * NoRaceSelect1 to 4 in race/testdata.
 */
@Outcome(id = "6, 1", expect = ACCEPTABLE, desc = "Received, with all that was written before.")
@Outcome(expect = FORBIDDEN, desc = "The message, or what was written before it, is not all there.")
public final class SendBeforeReceive {
  private SendBeforeReceive() {}

  @Outcome(id = "6, 1", expect = ACCEPTABLE, desc = "Received, with all that was written before.")
  @Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "Not ready.")
  @Outcome(expect = FORBIDDEN, desc = "The message, or what was written before it, is not there.")
  static final class OrNotReady {
    private OrNotReady() {}
  }

  static final class Message {
    private int one;
    private int[] two;
    private Message three;

    Message(int n) {
      one = n;
      two = new int[] {n + 1};
      three = n == 1 ? new Message(3) : this;
    }

    int sum() {
      Message m = three;
      int[] a = two;
      return m == null || a == null ? 0 : one + a[0] + m.one;
    }
  }

  abstract static class Shared {
    int plain;

    final void send(SendChannel<Message> ch) {
      plain = 1;
      String unused = Ops.send(ch, new Message(1));
    }

    final void receive(ReceiveChannel<Message> ch, II_Result r) {
      see((Message) Ops.receive(ch), r);
    }

    final void see(@Nullable Message m, II_Result r) {
      r.r1 = m == null ? 0 : m.sum();
      r.r2 = plain;
    }
  }

  /** Whoever comes first waits for the other. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class Unbuffered extends Shared {
    private final Channel<Message> ch = Channel.make();

    @Actor
    public void sender() {
      send(ch);
    }

    @Actor
    public void receiver(II_Result r) {
      receive(ch, r);
    }
  }

  /** Through the buffer, or to a waiting receiver. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class Capacity1 extends Shared {
    private final Channel<Message> ch = Channel.make(1);

    @Actor
    public void sender() {
      send(ch);
    }

    @Actor
    public void receiver(II_Result r) {
      receive(ch, r);
    }
  }

  /** Behind a full buffer: the sender waits, and a receiver puts its value into the buffer. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class Capacity2Full extends Shared {
    private final Channel<Message> ch = Channel.make(2);

    public Capacity2Full() {
      String unused1 = Ops.send(ch, new Message(2));
      String unused2 = Ops.send(ch, new Message(2));
    }

    @Actor
    public void sender() {
      send(ch);
    }

    @Actor
    public void receiver(II_Result r) {
      Object unused1 = Ops.receive(ch);
      Object unused2 = Ops.receive(ch);
      receive(ch, r);
    }
  }

  /** Neither waits. */
  @JCStressTest
  @JCStressMeta(OrNotReady.class)
  @State
  public static class Try extends Shared {
    private final Channel<Message> ch = Channel.make(1);

    @Actor
    public void sender() {
      plain = 1;
      boolean unused = ch.trySend(new Message(1));
    }

    @Actor
    public void receiver(II_Result r) {
      var got = ch.tryReceive();
      if (got.isReady()) {
        see(got.value(), r);
      } else {
        r.r1 = r.r2 = -1;
      }
    }
  }

  /** Only the receiver waits. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class TryUntilReceived extends Shared {
    private final Channel<Message> ch = Channel.make();

    @Actor
    public void sender() {
      plain = 1;
      Message m = new Message(1);
      while (!ch.trySend(m)) {
        Ops.pause();
      }
    }

    @Actor
    public void receiver(II_Result r) {
      receive(ch, r);
    }
  }

  /** Only the sender waits, with a timeout. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class TryUntilSent extends Shared {
    private final Channel<Message> ch = Channel.make();

    @Actor
    public void sender() {
      plain = 1;
      String unused = Ops.sendWithin(ch, new Message(1), Ops.EVER);
    }

    @Actor
    public void receiver(II_Result r) {
      var got = ch.tryReceive();
      for (; !got.isReady(); got = ch.tryReceive()) {
        Ops.pause();
      }
      see(got.value(), r);
    }
  }

  /** Both sides are selects with another case that never becomes ready. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class SelectOnce extends Shared {
    private final Channel<Message> ch = Channel.make();
    private final Channel<Message> idle = Channel.make();

    @Actor
    public void sender() {
      plain = 1;
      Object unused =
          Ops.await(
              Select.<Object>of()
                  .receive(idle, () -> Ops.CLOSED)
                  .send(ch, new Message(1), () -> Ops.SENT));
    }

    @Actor
    public void receiver(II_Result r) {
      Object m = Ops.await(Select.<Object>of().receive(ch, v -> v).receive(idle, () -> Ops.CLOSED));
      see((Message) m, r);
    }
  }

  /** Both sides are loops: the second round uses the places of the first. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class SelectLoop extends Shared {
    private final Channel<Message> first = Channel.make();
    private final Channel<Message> second = Channel.make();

    @Actor
    public void sender() {
      var select = Select.loop();
      var toFirst = select.send(first, new Message(2));
      var toSecond = select.send(second);
      toSecond.disable();
      var unused1 = Ops.await(select);
      toFirst.disable();
      toSecond.enable();
      plain = 1;
      toSecond.value(new Message(1));
      var unused2 = Ops.await(select);
    }

    @Actor
    public void receiver(II_Result r) {
      var select = Select.loop();
      var fromFirst = select.receive(first);
      var fromSecond = select.receive(second);
      if (Ops.await(select) == fromFirst && Ops.await(select) == fromSecond) {
        see(fromSecond.value(), r);
      }
    }
  }

  /** A loop over buffered channels. */
  @JCStressTest
  @JCStressMeta(SendBeforeReceive.class)
  @State
  public static class SelectLoopBuffered extends Shared {
    private final Channel<Message> ch = Channel.make(1);
    private final Channel<Message> idle = Channel.make(1);

    @Actor
    public void sender() {
      send(ch);
    }

    @Actor
    public void receiver(II_Result r) {
      var select = Select.loop();
      var fromCh = select.receive(ch);
      var unused1 = select.receive(idle);
      if (Ops.await(select) == fromCh) {
        see(fromCh.value(), r);
      }
    }
  }
}
