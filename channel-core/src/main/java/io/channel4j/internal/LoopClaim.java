package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The claim of a select whose places stay in their lists between its rounds. */
public final class LoopClaim extends Claim {
  /*
   * A case whose place is in its channel's list is not ready: who would make it ready scans that list
   * first. (Not so a timer's, and a send into a buffer; they are polled. A close may still have to scan:
   * whoever knows of it by then has helped.) If the claim is open then, the scan finds it. If not, it
   * buries the place and says so here, before it does. So a select that was not told need not look at
   * the case at all, and pays nothing for a channel where nobody comes.
   *
   *   scan     reads the claim: not open; touches; reads the claim again: the same; buries.
   *   owner    OPENING; takes what was touched, and gives those places back; OPEN, by a CAS.
   *
   *   ABANDONED -> OPENING    owner, of the next epoch
   *   OPENING   -> OPEN       owner, when it has taken what was touched
   *   OPENING   -> ABANDONED  a scan that has touched: the owner begins again
   *
   * Invariant: no place is buried while its claim is open. A scan that buries has read the claim after
   * its touch, and that was before OPENING; so the owner, who looks after OPENING, finds the touch and
   * gives the place back, by a CAS, upon which the scan's CAS fails.
   *
   * A bit stands for the cases whose numbers are equal modulo 64.
   */
  private static final VarHandle TOUCHED;

  static {
    try {
      TOUCHED = MethodHandles.lookup().findVarHandle(LoopClaim.class, "touched", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Bits are set by scans and taken by the owner. */
  private volatile long touched;

  /** A claim that is not open yet. */
  public LoopClaim() {}

  @Override
  boolean touch(int index, long s) {
    long bit = 1L << index;
    if ((touched & bit) == 0) {
      long unused = (long) TOUCHED.getAndBitwiseOr(this, bit);
    }
    if (phase(s) == OPENING) {
      boolean unused = cas(s, withPhase(s, ABANDONED)); // Model: KnockBack
      return false;
    }
    return state == s; // Model: Touched
  }

  /** Owner only: starts the next epoch, but for peers. */
  public int beginToOpen(Thread thread) {
    return beginEpoch(thread, OPENING); // Model: Open
  }

  /** Owner only: from now on peers may win. False if a scan came in between: begin again. */
  public boolean opened() {
    long s = state;
    return phase(s) == OPENING && cas(s, withPhase(s, OPEN)); // Model: OpenCas
  }

  /** Owner only: whether a place may have been buried since {@link #takeTouched}. */
  public boolean isTouched() {
    return touched != 0;
  }

  /** Owner only: the bits of those whose places may have been buried since the last time. */
  public long takeTouched() {
    return touched == 0 ? 0 : (long) TOUCHED.getAndSet(this, 0L);
  }
}
