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
   * One word: | lap 32 | epoch 27 | SERVED | phase 4 |. Laps and SERVED are Waiter's; an epoch is one
   * blocked operation.
   *
   * Invariants. 1: in one epoch the phase leaves {OPEN, PARKED} once; only the winner of that CAS may
   *                touch the winning waiter's value until DONE.
   *             2: the owner reads winner and value only after it sees DONE.
   *             3: WON_PARKED says that its winner owes the owner one unpark; nobody else unparks. If
   *                the owner returned from park by itself, it may be gone when the unpark comes, and
   *                finds a permit at its next park, which LockSupport's contract allows.
   *
   *   OPEN      -> PARKED     owner, before it parks
   *   OPEN      -> WON        peer or close (the owner looks: no unpark owed)
   *   PARKED    -> WON_PARKED peer or close (unpark owed)
   *   WON, WON_PARKED -> DONE the same peer or close, after it wrote the result
   *   OPEN, PARKED -> ABANDONED  owner: interrupt, deadline, or an enqueue that came too late
   *   DONE      -> ABANDONED  owner: has read the result (a select's claim)
   *   ABANDONED -> OPEN of the next epoch, owner (a select's claim; a loop's: see LoopClaim)
   *   DONE, ABANDONED -> FREE owner: has read the result (a waiter that is its own claim)
   *
   * Differs from Go: one word carries sudog.isSelect, g.selectDone and g.param. Go recycles sudogs
   * under the channel lock; here the lap keeps a late peer from claiming another use of a place, and
   * the epoch from taking over one that is still being read.
   */

  static final int OPEN = 0;
  static final int PARKED = 1;
  static final int WON = 2;
  static final int WON_PARKED = 3;
  static final int DONE = 4;
  static final int ABANDONED = 5;

  /** See LoopClaim; 6 to 10 are Waiter's. */
  static final int OPENING = 11;

  /** From OPEN to WON, and from PARKED to WON_PARKED. */
  private static final int TO_WON = 2;

  static final int PHASE = (1 << 4) - 1;

  /** Gone with the phase to which it belongs. */
  static final int SERVED = 1 << 4;

  private static final int PHASE_AND_MARK = PHASE | SERVED;
  private static final int EPOCH_SHIFT = 5;
  private static final int EPOCH = (1 << 27) - 1;
  private static final long EPOCH_MASK = (long) EPOCH << EPOCH_SHIFT;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Claim.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** See the tables above and in Waiter for who may change it. */
  volatile long state;

  /** Whom to unpark. Written by the owner before it opens the claim, taken by the winner. */
  private @Nullable Thread owner;

  /** Written by the winner before DONE, read by the owner after it. */
  private @Nullable Waiter winner;

  /** A select's claim, not open yet. */
  public Claim() {
    this(ABANDONED);
  }

  Claim(int phase) {
    state = phase;
  }

  static int phase(long s) {
    return (int) s & PHASE;
  }

  static int epoch(long s) {
    return (int) ((s & EPOCH_MASK) >>> EPOCH_SHIFT);
  }

  static long withEpoch(long s, int epoch, int phase) {
    return (s & ~(EPOCH_MASK | PHASE_AND_MARK)) | (long) epoch << EPOCH_SHIFT | phase;
  }

  static long withPhase(long s, int phase) {
    return (s & ~PHASE_AND_MARK) | phase;
  }

  final boolean cas(long from, long to) {
    return STATE.compareAndSet(this, from, to);
  }

  /** Owner only. Starts the next epoch: from now on peers may win. */
  public final int open(Thread thread) {
    return beginEpoch(thread, OPEN); // Model: Open, NextRound
  }

  final int beginEpoch(Thread thread, int phase) {
    owner = thread;
    long s = state;
    int epoch = (epoch(s) + 1) & EPOCH;
    state = withEpoch(s, epoch, phase);
    return epoch;
  }

  /** Owner only, when the operation has ended: holds on to nobody. */
  final void release(int phase) {
    winner = null;
    owner = null;
    state = withPhase(state, phase);
  }

  static boolean isOpen(long s) {
    return phase(s) <= PARKED;
  }

  /** Whether a peer may still win. */
  public final boolean isOpen() {
    return isOpen(state);
  }

  static boolean isWon(long s) {
    int phase = phase(s);
    return phase == WON || phase == WON_PARKED;
  }

  final boolean isDone() {
    return phase(state) == DONE;
  }

  /** A peer's step: wins the claim from a state that was seen open. */
  final boolean winFrom(long s) {
    return STATE.compareAndSet(this, s, s + TO_WON);
  }

  /**
   * A scan's step, before it buries a place of this claim, which was not open in state s: tells the
   * owner. False if the scan has to look again.
   */
  boolean touch(int index, long s) {
    return true;
  }

  /** The winner's last step, after it has written the result into the waiter. */
  final void complete(Waiter waiter) {
    Thread thread = owner; // before DONE: afterwards the owner may use the claim again
    winner = waiter;
    long s = state;
    STATE.setVolatile(this, withPhase(s, DONE)); // Model: Complete
    if (phase(s) == WON_PARKED) {
      if (Seam.ON) {
        Seam.at("complete.done");
      }
      Parker.unpark(thread); // Model: Unpark
    }
  }

  /** The same, unless the state is not s any more: somebody has marked it. */
  final boolean completeFrom(long s) {
    Thread thread = owner;
    if (!STATE.compareAndSet(this, s, withPhase(s, DONE))) { // Model: SendAway
      return false;
    }
    if (phase(s) == WON_PARKED) {
      if (Seam.ON) {
        Seam.at("complete.done");
      }
      Parker.unpark(thread);
    }
    return true;
  }

  /**
   * Owner only: says that it will park now, so that the winner unparks it. False if already won.
   */
  final boolean announcePark() {
    long s = state; // Model: Announce
    return phase(s) == OPEN && STATE.compareAndSet(this, s, withPhase(s, PARKED));
  }

  /** Owner only: ends the wait without a peer. False if a peer won first; then wait for DONE. */
  public final boolean abandon() {
    for (; ; ) {
      long s = state;
      if (phase(s) > PARKED) {
        return phase(s) == ABANDONED;
      }
      if (STATE.compareAndSet(this, s, withPhase(s, ABANDONED))) { // Model: Abandon, Cancel, Waits
        owner = null;
        return true;
      }
    }
  }

  /** Whether nothing that belongs to this epoch will be read any more. */
  final boolean isOver(int epoch) {
    long s = state;
    return epoch(s) != epoch || phase(s) == ABANDONED;
  }

  /** Owner only, after DONE: the waiter that was served. */
  public final Waiter winner() {
    Waiter w = winner;
    if (w == null) {
      throw new AssertionError("claim is not done");
    }
    return w;
  }

  /** Owner only, after DONE: the result has been read. */
  public final void end() {
    release(ABANDONED); // Model: AwaitDone, Round
  }
}
