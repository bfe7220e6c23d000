package io.channel4j.internal;

import io.channel4j.ChannelPanic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What unbuffered and buffered channels share: the gate, the waiter lists, close, and blocking. */
abstract sealed class GatedChannel<T extends @Nullable Object> extends ListedChannel<T>
    permits UnbufferedChannel, BufferedChannel {
  /*
   * Every change of a channel's state is one CAS of one word, the gate:
   *
   *   unbuffered   | version                                       | SENDERS RECEIVERS CLOSED |
   *   buffered     | offered | version | count | held              | SENDERS RECEIVERS CLOSED |
   *
   * version    grows with every waiter that enqueues
   * others     of the buffer, see BufferedChannel
   * RECEIVERS  there may be waiting receivers: senders look in the list first
   * SENDERS    there may be waiting senders: receivers look in the list first
   *
   * Invariants while open. 1: RECEIVERS implies an empty buffer, SENDERS a full one.
   *   2: a waiter that has enqueued and whose claim is open is in its list, and its flag is set.
   *   3: both flags are set only for a select that waits on both ends of an unbuffered channel, or
   *      where all waiters of one of the lists are dead.
   *   4: an unchanged gate means that no waiter has enqueued in between (by the version), so "no live
   *      waiter" found in a list is still true at a later CAS from the same gate. Waiters that keep
   *      their place do not change the gate, but a scan that finds them dormant buries them.
   *
   *   enqueue    open a place in the list, then CAS the gate: set the flag, version + 1. The CAS fails
   *              if anything happened since waiting was found to be right.
   *   hand over  flag seen, first live waiter won, value passed, owner woken. The gate stays.
   *   clear      flag seen, no live waiter found: CAS the flag away.
   *   close      CAS CLOSED in, mark those who have been won, then win every waiter. Nobody enqueues
   *              after it.
   *
   * Why a hand-over is right although it does not change the gate: let Y have seen the flag at time a
   * and w have found at time b that it must wait, both before Y won w. At the later of a and b both
   * operations were under way, the channel was open, and its buffer empty (full): the exchange could
   * have taken place then. A case that stands has found it in an earlier round, and since then nobody
   * has passed its place, so b is when its claim was opened; see LoopClaim.
   *
   * Not guaranteed: a thread that is stopped after it won a waiter and before it completed it holds
   * up that waiter; nothing else waits for it, except as BufferedChannel says.
   *
   * Differs from Go: hchan.lock is held over all of this, and a parked goroutine's sudog leaves its
   * queue at once.
   */
  static final long CLOSED_BIT = 1;
  static final int FLAG_BITS = 3;

  static final VarHandle GATE;

  static {
    try {
      GATE = MethodHandles.lookup().findVarHandle(GatedChannel.class, "gate", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Everybody, by CAS. */
  volatile long gate;

  /** Waits so far, up to {@link Patience#WARM_UP}. Anybody, racing. */
  private byte waits;

  /**
   * In insisting, see {@link Patience}. Anybody, racing: what is lost is a little that was learnt.
   */
  private byte trust;

  /** Set once, by whoever releases the waiters of a closed channel. */
  private volatile boolean releasing;

  GatedChannel(@Nullable Object zero) {
    super(zero);
  }

  // ---- what the flavors say

  /** Whether a receiver must wait at this gate, which its enqueueing CAS then confirms. */
  abstract boolean mustWaitToReceive(long g, @Nullable Claim self);

  /** Whether a sender must wait at this gate, which its enqueueing CAS then confirms. */
  abstract boolean mustWaitToSend(long g, @Nullable Claim self);

  /** The same gate with the next version. */
  abstract long nextVersion(long g);

  /** The same gate, closed. */
  abstract long closed(long g);

  /** After close: serves senders whose turn came before it. False: others are at it and release. */
  abstract boolean settle();

  /** Whether to look and step aside when enqueued. */
  abstract boolean isPatient();

  /** Whether a slot or a value came, in a wait before enqueueing; only a hint. */
  abstract boolean look(boolean receiving);

  /** Whether this channel's users have waited often enough to look before they park. */
  final boolean isWarm() {
    if (waits == Patience.WARM_UP) {
      return true;
    }
    waits++; // races lose counts, which only delays the first look
    return false;
  }

  /** Whether to look although others need the core; then say how it {@link #went}. */
  final boolean mayInsist(int drawn) {
    return Patience.insists(trust, drawn);
  }

  final void went(boolean well) {
    trust = Patience.learned(trust, well);
  }

  /** Only the first in line may insist: others do not come before him. */
  private int await(Waiter w, WaitReason reason, boolean timed, long deadline) {
    return Parker.await(w, isPatient(), w.isFront() ? this : null, reason, timed, deadline);
  }

  // ---- hand over

  /**
   * The winner's step between win and complete: if the waiter was in front and alone, clears its
   * flag, so that the next can be in front again.
   */
  final void clearIfAlone(long g, long flag, Waiter w) {
    if (isAloneInFront(flag, w)) {
      GATE.compareAndSet(this, g, g & ~flag);
    }
  }

  /**
   * The winner's step after a win that a close may have preceded: if it has begun to send waiters
   * away, this is an operation after the close, and w learns of it here, unless it has to be
   * served.
   */
  final boolean isSentAway(Waiter w) {
    return releasing && !w.isFront() && w.sendAway();
  }

  /** Whether a close has begun to send waiters away; see WaiterList, Close. */
  @Override
  final boolean isReleasing() {
    return releasing;
  }

  /** Passes an element to the first receiver waiting at gate g; false if there is none any more. */
  final boolean handOver(long g, Object element) {
    if (Seam.ON) {
      Seam.at("handOver.looking");
    }
    Waiter w = winReceiver(g); // Model: HandOver
    if (w == null) {
      if (Seam.ON) {
        Seam.at("handOver.nobody");
      }
      return false;
    }
    if (Seam.ON) {
      Seam.at("handOver.won");
    }
    clearIfAlone(g, RECEIVERS, w); // Model: HandOverWon, HandOverClear
    if (isSentAway(w)) { // Model: HandOverLate, Late
      return false;
    }
    w.value = element;
    w.complete(); // Model: HandOverComplete
    return true;
  }

  // ---- enqueue, park, dequeue

  @Override
  public final boolean enqueueReceiver(Waiter w) {
    return enqueue(true, w);
  }

  @Override
  public final boolean enqueueSender(Waiter w) {
    return enqueue(false, w);
  }

  private boolean enqueue(boolean receiving, Waiter w) {
    if (Seam.ON) {
      Seam.at(receiving ? "enqueueReceiver.visible" : "enqueueSender.visible");
    }
    long flag = receiving ? RECEIVERS : SENDERS;
    for (; ; ) {
      long g = gate; // Model: Enqueue
      if (!mustWait(receiving, g, w.claim())) { // Model: EnqueueMustWait
        return false;
      }
      if (Seam.ON) {
        Seam.at(receiving ? "enqueueReceiver.opened" : "enqueueSender.opened");
      }
      if (GATE.compareAndSet(this, g, nextVersion(g) | flag)) { // Model: Opened
        return true;
      }
    }
  }

  private boolean mustWait(boolean receiving, long g, @Nullable Claim self) {
    return receiving ? mustWaitToReceive(g, self) : mustWaitToSend(g, self);
  }

  @Override
  final Object awaitPoll(boolean timed, long deadline) throws InterruptedException {
    for (; ; ) {
      if (look(true)) {
        Object r = poll(false);
        if (r != NOT_READY) {
          return r;
        }
      }
      Waiter w = enqueueInFront(true, null);
      if (w == null) {
        w = receivers().reserve(); // Model: Reserve
        w.open(Thread.currentThread(), null); // Model: Open
        if (!enqueueReceiver(w) && w.abandon()) { // Model: Abandon
          w.free();
          Object r = poll(false);
          if (r != NOT_READY) {
            return r;
          }
          continue;
        }
      }
      int end = await(w, WaitReason.CHAN_RECEIVE, timed, deadline);
      Object r = end == Parker.DONE ? w.takeValue() : NOT_READY;
      w.free(); // Model: AwaitDone
      if (end == Parker.INTERRUPTED) {
        throw new InterruptedException();
      }
      if (r == null) {
        throw new AssertionError("a receiver was woken without a result");
      }
      if (r == CLOSED) {
        helpClose();
      }
      return r;
    }
  }

  @Override
  final boolean awaitOffer(Object element, boolean timed, long deadline)
      throws InterruptedException {
    for (; ; ) {
      if (look(false) && offer(element, false)) {
        return true;
      }
      Waiter w = enqueueInFront(false, element);
      if (w == null) {
        w = senders().reserve(); // Model: Reserve
        w.open(Thread.currentThread(), element); // Model: Open
        if (!enqueueSender(w) && w.abandon()) { // Model: Abandon
          w.free();
          if (offer(element, false)) {
            return true;
          }
          continue;
        }
      }
      int end = await(w, WaitReason.CHAN_SEND, timed, deadline);
      Object r = w.takeValue();
      w.free(); // Model: AwaitDone
      if (end == Parker.INTERRUPTED) {
        throw new InterruptedException();
      }
      if (end == Parker.DONE && r == CLOSED) {
        helpClose();
        throw new ChannelPanic.SendOnClosed();
      }
      return end == Parker.DONE;
    }
  }

  /**
   * Enqueues a plain operation in the front waiter, if nobody waits on its side. Null if somebody
   * does, or if waiting is not right: the list's way finds out which.
   */
  private @Nullable Waiter enqueueInFront(boolean receiving, @Nullable Object element) {
    long flag = receiving ? RECEIVERS : SENDERS;
    long g = gate; // Model: Front, FrontMustWait
    if ((g & flag) != 0 || !mustWait(receiving, g, null)) {
      return null;
    }
    if (Seam.ON) {
      Seam.at(receiving ? "enqueueReceiver.quiet" : "enqueueSender.quiet");
    }
    Waiter f = (receiving ? receivers() : senders()).reserveFront(); // Model: FrontReserve
    if (f == null) {
      return null;
    }
    f.open(Thread.currentThread(), element); // Model: Open
    if (Seam.ON) {
      Seam.at(receiving ? "enqueueReceiver.front" : "enqueueSender.front");
    }
    if (GATE.compareAndSet(this, g, nextVersion(g) | flag)) { // Model: FrontCas
      return f;
    }
    if (f.abandon()) { // Model: Abandon
      f.free();
      return null;
    }
    return f; // won by a peer that saw the flag of an earlier round
  }

  @Override
  public final Waiter lendReceiver(Claim claim, int epoch, int index) {
    Waiter w = receivers().reserve();
    w.lend(claim, epoch, index, null);
    return w;
  }

  @Override
  public final Waiter lendSender(Claim claim, int epoch, int index, Object element) {
    Waiter w = senders().reserve();
    w.lend(claim, epoch, index, element);
    return w;
  }

  // ---- close

  @Override
  public final void close() {
    long g = gate; // Model: Close
    for (; ; ) {
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g); // who knows that it is closed also finds it closed in a select
        throw new ChannelPanic.CloseOfClosed();
      }
      long seen = (long) GATE.compareAndExchange(this, g, closed(g)); // Model: CloseCas
      if (seen == g) {
        break;
      }
      g = seen;
    }
    if (Seam.ON) {
      Seam.at("close.closed");
    }
    releaseWaiters(g);
  }

  @Override
  public final void helpClose() {
    releaseWaiters(gate);
  }

  /** After close: every waiter learns of it. Whoever meets a closed channel with flags may help. */
  final void releaseWaiters(long g) {
    if ((g & toldByPeers()) != 0 && !releasing) { // Model: Help
      markThoseWon(); // Model: MarkThoseWon
      if (Seam.ON) {
        Seam.at("close.marked");
      }
      releasing = true; // Model: Releasing
    }
    if ((g & RECEIVERS) != 0) { // Model: ReleaseReceivers
      for (Waiter w = winReceiver(0); w != null; w = winReceiver(0)) {
        release(w);
      }
      // Nobody enqueues any more; who tried to gives its place up by itself.
      dropReceivers(); // Model: Drop
    }
    if ((g & SENDERS) != 0 && settle()) { // Model: Settle, ReleaseTheSenders
      for (Waiter w = winSender(0); w != null; w = winSender(0)) {
        release(w);
      }
      dropSenders();
    }
  }

  private static void release(Waiter w) {
    if (Seam.ON) {
      Seam.at("close.won");
    }
    w.value = CLOSED;
    w.complete(); // Model: Release
  }

  // ---- accessors

  @Override
  public final long stamp() {
    return gate;
  }
}
