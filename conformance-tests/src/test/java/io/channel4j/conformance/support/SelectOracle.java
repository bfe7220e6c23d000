package io.channel4j.conformance.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.support.SelectForm.Choice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A sequential model of channels and of those who wait at them, in Go's terms, next to the real
 * channels. One thread drives both, one step at a time, and after each step everything has come to
 * rest: so the model says exactly who is served, with which value.
 *
 * <p>Two freedoms are Go's: any ready case may be chosen, and a select that waits at one channel
 * with several cases is served at any of them. A third is ours: the loop form may have kept an old
 * place in a queue.
 */
public final class SelectOracle {

  /** A channel, and what it should hold. */
  public static final class Chan {
    private final int id;
    private final @Nullable Channel<Integer> real;
    private final boolean nil;
    private final int zero;
    private boolean closed;
    private final Deque<Integer> buffer = new ArrayDeque<>();

    /** Those who wait, first come first; one entry per case. */
    private final List<Place> receivers = new ArrayList<>();

    private final List<Place> senders = new ArrayList<>();

    private Chan(int id, @Nullable Channel<Integer> real, boolean nil) {
      this.id = id;
      this.real = real;
      this.nil = nil;
      this.zero = -1 - id;
    }

    /** Null or the nil channel where Go's is nil. */
    public @Nullable Channel<Integer> real() {
      return real;
    }

    public boolean isNil() {
      return nil;
    }

    private Channel<Integer> open() {
      if (real == null) {
        throw new AssertionError("nil has no state");
      }
      return real;
    }

    @Override
    public String toString() {
      return nil
          ? "nil" + id
          : "c%d%s/%d%s".formatted(id, buffer, open().cap(), closed ? " closed" : "");
    }
  }

  /** A send or a receive, alone or as a case of a select. */
  public record Op(Chan channel, boolean isSend, int value) {
    public static Op receive(Chan c) {
      return new Op(c, false, 0);
    }

    public static Op send(Chan c, int value) {
      return new Op(c, true, value);
    }

    /** Whether it is a send on a closed channel. */
    public boolean panics() {
      return isSend && channel.closed;
    }

    @Override
    public String toString() {
      return isSend ? "c" + channel.id + "<-" + value : "<-c" + channel.id;
    }
  }

  /** A goroutine that waits, in a plain operation or in a select. */
  public static final class Peer {
    private final List<Op> ops;
    private final boolean keepsPlaces;
    private final Outcome<Choice> outcome;
    private boolean served;

    private Peer(List<Op> ops, boolean keepsPlaces, Outcome<Choice> outcome) {
      this.ops = ops;
      this.keepsPlaces = keepsPlaces;
      this.outcome = outcome;
    }

    public boolean isServed() {
      return served;
    }
  }

  private record Place(Peer peer, Op op) {}

  private final List<Chan> channels = new ArrayList<>();

  // ---- channels

  public List<Chan> channels() {
    return channels;
  }

  public Chan addNil(boolean asNull) {
    var c = new Chan(channels.size(), asNull ? null : Channel.nil(), true);
    channels.add(c);
    return c;
  }

  public Chan add(int capacity) {
    int id = channels.size();
    var c = new Chan(id, Channel.make(capacity, -1 - id), false);
    channels.add(c);
    return c;
  }

  /** Puts a value into a channel at which nobody waits. */
  public void fill(Chan c, int value) {
    assertTrue(c.open().trySend(value));
    c.buffer.add(value);
  }

  /** Closes a channel at which nobody waits. */
  public void closeQuiet(Chan c) {
    c.open().close();
    c.closed = true;
  }

  // ---- what may happen

  private boolean isReady(Op op) {
    Chan c = op.channel();
    if (c.nil) {
      return false;
    }
    if (op.isSend()) {
      return c.closed || !c.receivers.isEmpty() || c.buffer.size() < c.open().cap();
    }
    return c.closed || !c.senders.isEmpty() || !c.buffer.isEmpty();
  }

  /** The indexes of the operations that could go ahead now. */
  public List<Integer> ready(List<Op> ops) {
    var ready = new ArrayList<Integer>();
    for (int i = 0; i < ops.size(); i++) {
      if (isReady(ops.get(i))) {
        ready.add(i);
      }
    }
    return ready;
  }

  // ---- what happened

  /**
   * An operation that was ready has been done, by a select or otherwise, and has received this:
   * moves the model on, and checks what became of a partner who waited.
   */
  public void apply(Goroutines g, Op op, @Nullable Object received, boolean ok) {
    Chan c = op.channel();
    if (op.isSend()) {
      if (c.receivers.isEmpty()) {
        c.buffer.add(op.value());
      } else {
        serve(g, c, c.receivers, new Choice(0, op.value(), true));
      }
      return;
    }
    Integer head = c.buffer.poll();
    if (head != null) {
      assertEquals(head, received, "the oldest value");
      assertTrue(ok);
      if (!c.senders.isEmpty()) {
        int v = serve(g, c, c.senders, new Choice(0, null, true));
        c.buffer.add(v);
      }
    } else if (!c.senders.isEmpty()) {
      assertTrue(ok);
      assertEquals(serve(g, c, c.senders, new Choice(0, null, true)), received, "its value");
    } else {
      assertEquals(c.zero, received, "the zero value");
      assertFalse(ok);
    }
  }

  /** The first in the queue has been served, with this but for the index; gives what it sent. */
  private int serve(Goroutines g, Chan c, List<Place> queue, Choice wanted) {
    Peer first = queue.get(0).peer;
    var candidates = new LinkedHashSet<Peer>();
    candidates.add(first);
    queue.stream().map(Place::peer).filter(p -> p.keepsPlaces).forEach(candidates::add);
    g.until(
        "whoever waits first at " + c + " to go on",
        () -> candidates.stream().anyMatch(p -> p.outcome.hasEnded()));
    Peer p =
        candidates.stream()
            .filter(x -> x.outcome.hasEnded())
            .findFirst()
            .orElseThrow(AssertionError::new);
    Choice got = p.outcome.get();
    Op op = p.ops.get(got.index());
    assertEquals(new Choice(got.index(), wanted.value(), wanted.ok()), got);
    assertTrue(
        queue.stream().anyMatch(x -> x.peer == p && x.op.equals(op)),
        () -> "served at a case that was not in this queue: " + op);
    leave(p);
    return op.value();
  }

  private void leave(Peer p) {
    p.served = true;
    for (Chan c : channels) {
      c.receivers.removeIf(x -> x.peer == p);
      c.senders.removeIf(x -> x.peer == p);
    }
  }

  // ---- steps

  /** Starts a goroutine with operations of which none is ready, and waits until it waits. */
  public Peer park(Goroutines g, List<Op> ops, boolean keepsPlaces, Goroutines.Work<Choice> work) {
    assertEquals(List.of(), ready(ops));
    var p = new Peer(ops, keepsPlaces, g.call(work));
    for (Op op : ops) {
      if (!op.channel().nil) {
        (op.isSend() ? op.channel().senders : op.channel().receivers).add(new Place(p, op));
      }
    }
    awaitPlaces(g);
    g.awaitParked(p.outcome.thread());
    return p;
  }

  public void interrupt(Goroutines g, Peer p) {
    g.awaitParked(p.outcome.thread());
    p.outcome.thread().interrupt();
    p.outcome.thrown(InterruptedException.class);
    leave(p);
  }

  /** Does it with a try-operation, which must succeed if, and only if, it is ready. */
  public void tryIt(Goroutines g, Op op) {
    Channel<Integer> real = op.channel().open();
    if (op.panics()) {
      assertThrows(ChannelPanic.SendOnClosed.class, () -> real.trySend(op.value()));
    } else if (op.isSend()) {
      boolean ready = isReady(op);
      assertEquals(ready, real.trySend(op.value()), "try-send succeeds");
      if (ready) {
        apply(g, op, null, true);
      }
    } else {
      boolean ready = isReady(op);
      var r = real.tryReceive();
      assertEquals(ready, r.isReady(), "try-receive succeeds");
      if (ready) {
        apply(g, op, r.value(), r.ok());
      }
    }
  }

  /** Closes a channel: all who wait at it go on. */
  public void close(Goroutines g, Chan c) {
    Channel<Integer> real = c.open();
    if (c.closed) {
      assertThrows(ChannelPanic.CloseOfClosed.class, real::close);
      return;
    }
    real.close();
    c.closed = true;
    Set<Peer> woken = new LinkedHashSet<>();
    c.receivers.forEach(x -> woken.add(x.peer));
    c.senders.forEach(x -> woken.add(x.peer));
    for (Peer p : woken) {
      boolean receives = c.receivers.stream().anyMatch(x -> x.peer == p);
      boolean sends = c.senders.stream().anyMatch(x -> x.peer == p);
      g.until("a goroutine to see the close", p.outcome::hasEnded);
      try {
        Choice got = p.outcome.get();
        assertTrue(receives, "should have panicked");
        assertEquals(new Choice(got.index(), c.zero, false), got);
        Op op = p.ops.get(got.index());
        assertTrue(!op.isSend() && op.channel().equals(c), () -> "another case: " + op);
      } catch (ChannelPanic.SendOnClosed e) {
        assertTrue(sends, "panicked, but did not send");
      }
      leave(p);
    }
  }

  // ---- checks

  private void awaitPlaces(Goroutines g) {
    for (Chan c : channels) {
      if (!c.nil) {
        Places.await(g, c.open(), c.receivers.size(), c.senders.size());
      }
    }
  }

  /** The real channels are as they should be. */
  public void verify(Goroutines g) {
    awaitPlaces(g);
    for (Chan c : channels) {
      if (!c.nil) {
        assertEquals(c.buffer.size(), c.open().len(), "length");
      }
    }
  }

  /** Sends away those who still wait, and empties the channels. */
  public void end(Goroutines g) {
    for (Chan c : channels) {
      for (var queue : List.of(c.receivers, c.senders)) {
        while (!queue.isEmpty()) {
          interrupt(g, queue.get(0).peer);
        }
      }
    }
    verify(g);
    for (Chan c : channels) {
      if (c.nil) {
        continue;
      }
      while (!c.buffer.isEmpty()) {
        tryIt(g, Op.receive(c));
      }
      tryIt(g, Op.receive(c));
    }
    g.await();
  }
}
