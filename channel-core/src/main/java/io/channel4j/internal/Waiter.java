package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One blocked send or receive in one channel's {@link WaiterList}: Go's {@code sudog}.
 *
 * <p>A plain operation uses a fresh waiter that is its own claim. A select has one waiter per case,
 * all with the select's claim; the loop form leaves the waiters of quiet channels linked between
 * its rounds and arms them again.
 */
public final class Waiter extends Claim {
  /*
   * armed names the claim's epoch in which this waiter counts. A waiter whose claim is not open in
   * that epoch is dormant. Two may move it on, by CAS, and so one of them wins:
   *
   *   e      -> e'      owner: arms it for a later round, in its old place
   *   e      -> BURIED  a traversal that found it dormant; from then on it may be unlinked
   *
   * BURIED is final: the owner needs a new waiter then. A plain operation's waiter, being its own
   * claim, counts while that is open; in a list it is opened once.
   */
  private static final int BURIED = -1;

  private static final VarHandle ARMED;
  static final VarHandle NEXT;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ARMED = lookup.findVarHandle(Waiter.class, "armed", int.class);
      NEXT = lookup.findVarHandle(Waiter.class, "next", Waiter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Set once, or by the owner to itself when the place is given up, to free the select. */
  private Claim claim;

  private volatile int armed;

  /** The list's link: null at the end, itself once the list's head has moved past. */
  volatile @Nullable Waiter next;

  /**
   * A sender's element, written by the owner before it is armed, read by the winner. A receiver's
   * result, written by the winner before DONE, read by the owner after. CLOSED in both directions
   * says that the channel was closed.
   */
  @Nullable Object value;

  /** The select's case number; owner only. */
  public final int index;

  /** A plain operation's waiter, open. */
  Waiter(Thread thread, @Nullable Object value) {
    this.claim = this;
    this.index = 0;
    reopen(thread, value);
  }

  /** Owner only: a plain operation's waiter, for another operation. */
  void reopen(Thread thread, @Nullable Object element) {
    value = element;
    int unused = open(thread);
  }

  /** A select's waiter, armed for the claim's present epoch. */
  public Waiter(Claim claim, int epoch, int index, @Nullable Object value) {
    this.claim = claim;
    this.index = index;
    this.value = value;
    this.armed = epoch;
  }

  /** A list's first node, which never waited. */
  Waiter() {
    this.claim = this;
    this.index = -1;
    this.armed = BURIED;
  }

  Claim claim() {
    return claim;
  }

  /**
   * Whether a peer may still win this waiter. The answer false is final: it has been buried, and
   * will never count again.
   */
  boolean isLiveElseBuried() {
    for (; ; ) {
      int epoch = armed;
      Claim c = claim;
      if (c == this) {
        return isOpen();
      }
      if (epoch == BURIED) {
        return false;
      }
      if (c.isOpenIn(epoch)) {
        return true;
      }
      if (ARMED.compareAndSet(this, epoch, BURIED)) {
        return false;
      }
    }
  }

  /** Whether a peer has won this waiter's claim in its present round and has not completed it. */
  boolean isBeingServed() {
    int epoch = armed;
    Claim c = claim;
    return c == this ? isWon() : epoch != BURIED && c.isWonIn(epoch);
  }

  /** A peer's step: wins the claim by this waiter. Returns as {@link Claim#win}. */
  int win() {
    int epoch = armed;
    Claim c = claim;
    return c == this ? winNow() : epoch == BURIED ? WON : c.win(epoch);
  }

  /** The winner's last step: hands over the result and wakes the owner. */
  void complete(int phaseLeft) {
    claim.complete(this, phaseLeft);
  }

  /** Owner only: counts again in this epoch, in its old place; false if it lost that place. */
  public boolean rearm(int epoch, @Nullable Object element) {
    int e = armed;
    if (e == BURIED) {
      return false;
    }
    value = element; // dormant: nobody reads it before armed names an open epoch
    return ARMED.compareAndSet(this, e, epoch);
  }

  /** Owner only: gives up the place for good and frees what it holds on to. */
  void bury() {
    armed = BURIED;
    value = null;
    claim = this; // a traversal that still reads the old claim finds it closed
  }

  /** The winner's step: a sender's element. From now on the waiter says sent. */
  Object takeElement() {
    Object e = takeValue();
    if (e == null) {
      throw new AssertionError("a sender waited without an element");
    }
    return e;
  }

  /** Owner only, after DONE: the result; forgets it. */
  public @Nullable Object takeValue() {
    Object v = value;
    value = null;
    return v;
  }
}
