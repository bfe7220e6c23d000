package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Decides, exactly once, how one blocked operation ends. The waiters of one select share one claim;
 * a plain send or receive is its own claim ({@link Waiter} extends this class).
 */
public class Claim {
  /*
   * Invariants. 1: in one epoch the phase leaves {OPEN, PARKED} once; only the winner of that CAS may
   *                touch the winning waiter's value until DONE.
   *             2: the owner reads winner and value only after it sees DONE.
   *             3: a thread that saw PARKED in its winning CAS owes the owner one unpark; nobody else
   *                unparks. If the owner returned from park by itself, it may be gone when the unpark
   *                comes, and finds a permit at its next park, which LockSupport's contract allows.
   * Not guaranteed: a losing waiter may stay linked in its list until the owner dequeues it or a
   * traversal buries it.
   *
   *   OPEN      -> PARKED     owner, before it parks
   *   OPEN      -> WON        peer or close (the owner spins: no unpark owed)
   *   PARKED    -> WON        peer or close (unpark owed)
   *   WON       -> DONE       the same peer or close, after it wrote the result
   *   OPEN      -> ABANDONED  owner: interrupt, deadline, or a select that has to poll again
   *   PARKED    -> ABANDONED  owner: interrupt or deadline
   *   DONE, ABANDONED -> OPEN of the next epoch, owner (loop-form select only)
   *   DONE, ABANDONED -> FREE    owner: has read the result (a channel's front waiter only)
   *   FREE      -> RESERVED   whoever is to be the next owner
   *   RESERVED  -> OPEN of the next epoch, the new owner
   *
   * Differs from Go: one word carries sudog.isSelect, g.selectDone and g.param. Go recycles sudogs
   * under the channel lock; here an epoch in the word keeps a late peer from claiming the next round.
   */

  static final int OPEN = 0;
  static final int PARKED = 1;
  static final int WON = 2;
  static final int DONE = 3;
  static final int ABANDONED = 4;
  static final int FREE = 5;
  static final int RESERVED = 6;

  private static final int PHASE_BITS = 3;
  private static final int PHASE = (1 << PHASE_BITS) - 1;
  private static final int EPOCH = (1 << 28) - 1;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Claim.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Epoch and phase; see the table above for who may change it. */
  private volatile int state = ABANDONED;

  /** Whom to unpark. Written by the owner before it opens the claim, taken by the winner. */
  private @Nullable Thread owner;

  /** Written by the winner before DONE, read by the owner after it. */
  private @Nullable Waiter winner;

  /** Owner only. Starts the next epoch: from now on peers may win. */
  public final int open(Thread thread) {
    owner = thread;
    int epoch = ((state >>> PHASE_BITS) + 1) & EPOCH;
    state = epoch << PHASE_BITS | OPEN;
    return epoch;
  }

  /** Takes over a free claim; false if somebody else has it. */
  final boolean reserve() {
    int s = state;
    return (s & PHASE) == FREE && STATE.compareAndSet(this, s, (s & ~PHASE) | RESERVED);
  }

  /** Owner only, after the result has been read: the next owner may reserve it. */
  final void free() {
    winner = null;
    owner = null;
    state = (state & ~PHASE) | FREE;
  }

  final boolean isOpenIn(int epoch) {
    int s = state;
    return (s >>> PHASE_BITS) == epoch && (s & PHASE) <= PARKED;
  }

  /** Whether a peer may still win. */
  public final boolean isOpen() {
    return (state & PHASE) <= PARKED;
  }

  final boolean isWonIn(int epoch) {
    return state == (epoch << PHASE_BITS | WON);
  }

  final boolean isDone() {
    return (state & PHASE) == DONE;
  }

  /**
   * A peer's step: wins the claim in this epoch. Returns the phase left, OPEN or PARKED, to be
   * given to {@link #complete}, or WON if the claim is not to be won any more.
   */
  final int win(int epoch) {
    for (; ; ) {
      int s = state;
      if ((s >>> PHASE_BITS) != epoch || (s & PHASE) > PARKED) {
        return WON;
      }
      if (STATE.compareAndSet(this, s, epoch << PHASE_BITS | WON)) {
        return s & PHASE;
      }
    }
  }

  /** As {@link #win(int)} in whichever epoch it is. */
  final int winNow() {
    for (; ; ) {
      int s = state;
      if ((s & PHASE) > PARKED) {
        return WON;
      }
      if (STATE.compareAndSet(this, s, (s & ~PHASE) | WON)) {
        return s & PHASE;
      }
    }
  }

  /** Whether a peer has won and has not completed. */
  final boolean isWon() {
    return (state & PHASE) == WON;
  }

  /** The winner's last step, after it has written the result into the waiter. */
  final void complete(Waiter waiter, int phaseLeft) {
    Thread thread = owner; // before DONE: afterwards the owner may use the claim again
    owner = null; // a dead waiter stays in its list for a while and must not hold the thread
    winner = waiter;
    STATE.setVolatile(this, (state & ~PHASE) | DONE);
    if (phaseLeft == PARKED) {
      if (Seam.ON) {
        Seam.at("complete.done");
      }
      Parker.unpark(thread);
    }
  }

  /**
   * Owner only: says that it will park now, so that the winner unparks it. False if already won.
   */
  final boolean announcePark() {
    int s = state;
    return (s & PHASE) == OPEN && STATE.compareAndSet(this, s, (s & ~PHASE) | PARKED);
  }

  /** Owner only: ends the wait without a peer. False if a peer won first; then wait for DONE. */
  public final boolean abandon() {
    for (; ; ) {
      int s = state;
      if ((s & PHASE) > PARKED) {
        return (s & PHASE) == ABANDONED;
      }
      if (STATE.compareAndSet(this, s, (s & ~PHASE) | ABANDONED)) {
        owner = null;
        return true;
      }
    }
  }

  /** Owner only, after DONE: the waiter that was served; forgets it and the thread. */
  public final Waiter takeWinner() {
    Waiter w = winner;
    if (w == null) {
      throw new AssertionError("claim is not done");
    }
    winner = null;
    owner = null;
    return w;
  }
}
