package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A place in one channel's {@link WaiterList}, used again and again: Go's {@code sudog}.
 *
 * <p>A plain operation that waits in it uses it as its claim too. To a select it is lent: all of a
 * select's waiters share the select's claim, and the loop form keeps those of quiet channels from
 * round to round.
 */
public final class Waiter extends Claim {
  /*
   * Claim's phases, and these. lap counts the times around the ring, so that a late thread cannot
   * mistake one use for another; see WaiterRing, which alone makes a lap begin.
   *
   *   FREE      of an earlier lap -> RESERVED of this lap   whoever is to be the owner
   *   FREE      of an earlier lap -> FREE of this lap       a scan: nobody comes to this position any more
   *   RESERVED  -> OPEN        owner: a plain operation
   *   RESERVED  -> LENT        owner: a select. The place counts whenever its claim is open
   *   LENT      -> BURIED      a scan that found it dormant, its claim not open: this lap has ended. The
   *                            epoch is that of the claim then. First it tells the claim (touch)
   *   LENT, BURIED -> LEAVING  owner: gives the place back
   *   BURIED of an earlier lap -> RESERVED of this lap  whoever is to be the owner, where the old
   *                            owner, a select that was dropped perhaps, has nothing more to read
   *   LEAVING, DONE, ABANDONED -> FREE   owner
   *
   * SERVED beside WON, WON_PARKED or BURIED: whoever has won this waiter serves it even if the channel
   * is closed by then; see WaiterList, Close.
   *
   * A channel's front waiter is in no ring and stays in lap 0: FREE -> RESERVED by whoever waits next.
   */
  static final int FREE = 6;
  static final int RESERVED = 7;
  private static final int LENT = 8;
  private static final int BURIED = 9;
  private static final int LEAVING = 10;

  /** What a scan finds. */
  enum Found {
    /** Will not be won in this lap, for good. */
    DEAD,
    /** Reserved, and not visible yet. */
    PENDING,
    /** May be won. */
    LIVE,
    /** Changed while it was looked at: look again. */
    CHANGED
  }

  private static final int LAP_SHIFT = 32;
  private static final long LAP = -1L << LAP_SHIFT;

  private static final VarHandle CLAIM;

  static {
    try {
      CLAIM = MethodHandles.lookup().findVarHandle(Waiter.class, "claim", Claim.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The select to which this place is lent, else null. The owner's, while RESERVED or LENT. */
  @SuppressWarnings("UnusedVariable") // by CLAIM
  private @Nullable Claim claim;

  /**
   * A sender's element, written by the owner before the place counts, read by the winner. A
   * receiver's result, written by the winner before DONE, read by the owner after. CLOSED in both
   * directions says that the channel was closed.
   */
  @Nullable Object value;

  /** The select's case number. The owner's, while RESERVED; for scans as the claim is. */
  private int index;

  Waiter() {
    super(FREE);
  }

  // ---- the owner's steps

  /** Takes over a free front waiter; false if somebody else has it. */
  boolean reserve() {
    long s = state;
    return phase(s) == FREE && cas(s, withPhase(s, RESERVED)); // Model: FrontReserve
  }

  /** A plain operation begins to count. */
  void open(Thread thread, @Nullable Object element) {
    value = element;
    if (claim != null) { // of a select that was dropped
      CLAIM.setRelease(this, null);
    }
    int unused = open(thread); // Model: Open, OpenOrLend
  }

  /** A plain operation has ended and has read the value. */
  void free() {
    value = null;
    release(FREE); // Model: Free
  }

  /** A select's case begins to count. */
  void lend(Claim to, int epoch, int caseIndex, @Nullable Object element) {
    value = element;
    index = caseIndex;
    CLAIM.setRelease(this, to);
    state = withEpoch(state, epoch, LENT); // Model: Lend, OpenOrLend
  }

  /** To tell this use of the place from later ones: what {@link #leave} wants. */
  public long lap() {
    return state & LAP;
  }

  /** A select's case gives its place back, if it still has it. The claim is not open. */
  void leave(long lap) {
    for (; ; ) {
      long s = state;
      if ((s & LAP) != lap) {
        return;
      }
      // Model: Leave
      if (cas(s, withPhase(s, LEAVING))) { // fails if buried, or taken over, right now
        value = null;
        CLAIM.setRelease(this, null);
        state = withPhase(s, FREE); // Model: Free
        return;
      }
    }
  }

  /** After DONE: the result; forgets it. */
  public @Nullable Object takeValue() {
    Object v = value;
    value = null;
    return v;
  }

  public int index() {
    return index;
  }

  // ---- the next owner's steps

  static long lap(long lap) {
    return lap << LAP_SHIFT;
  }

  /** Takes over a place that was free, or forgotten, in the state of an earlier lap. */
  boolean reserve(long s, long lap) {
    return cas(s, lap | RESERVED); // Model: ReserveCas
  }

  /** Whether the use that this state is of has ended, so that the next may begin. */
  boolean isVacant(long s) {
    if (phase(s) != BURIED) {
      return phase(s) == FREE;
    }
    Claim c = (Claim) CLAIM.getAcquire(this);
    return c != null && state == s && c.isOver(epoch(s));
  }

  /** Whether an owner may be expected back. */
  boolean isOwned() {
    int phase = phase(state);
    return phase != FREE && phase != BURIED;
  }

  // ---- the peers' steps

  private static long withLap(long s, long lap) {
    return (s & ~LAP) | lap;
  }

  /** Whether the state is of a lap before this one. */
  static boolean isBefore(long s, long lap) {
    return (s & LAP) - lap < 0; // also across the end of the count
  }

  /** What this place, in a state just read, is to a scan of a position in this lap. */
  Found look(long s, long lap, @Nullable ListedChannel<?> channel) { // Model: FindLook
    if ((s & LAP) != lap) {
      // A later lap: the scan is late. An earlier one: nobody took this position in time.
      return !isBefore(s, lap) || !isVacant(s) || cas(s, withLap(s, lap))
          ? Found.DEAD
          : Found.CHANGED;
    }
    return switch (phase(s)) {
      case OPEN, PARKED -> Found.LIVE;
      case RESERVED -> Found.PENDING;
      case LENT -> lookAtClaim(s, channel);
      case WON, WON_PARKED -> {
        boolean marks = channel != null && (s & SERVED) == 0 && !channel.isReleasing();
        yield !marks || cas(s, s | SERVED) ? Found.DEAD : Found.CHANGED; // Model: MarkServed
      }
      default -> Found.DEAD;
    };
  }

  private Found lookAtClaim(long s, @Nullable ListedChannel<?> channel) {
    Claim c = (Claim) CLAIM.getAcquire(this);
    int i = index;
    long cs = c == null ? 0 : c.state;
    if (c == null || state != s) {
      return Found.CHANGED; // so these do not go together
    }
    if (isOpen(cs)) {
      return Found.LIVE;
    }
    if (Seam.ON) {
      Seam.at("find.dormant");
    }
    if (!c.touch(i, cs)) { // Model: Touch
      return Found.CHANGED;
    }
    if (Seam.ON) {
      Seam.at("find.touched");
    }
    // Read after the claim. Model: ReadReleasing
    long mark = channel != null && !channel.isReleasing() ? SERVED : 0;
    long buried = withEpoch(s, epoch(cs), BURIED) | mark;
    return cas(s, buried) ? Found.DEAD : Found.CHANGED; // Model: MarkServed, Bury
  }

  /** Wins the claim behind a place that was live in this state. */
  boolean win(long s) { // Model: WinFirst, FindFound
    if (phase(s) != LENT) {
      return winFrom(s);
    }
    Claim c = (Claim) CLAIM.getAcquire(this);
    for (; ; ) {
      long cs = c == null ? 0 : c.state;
      // In this order: a claim that is open keeps the places that it has, so that at the CAS this
      // one is still lent to c.
      if (c == null || !isOpen(cs) || state != s) {
        return false;
      }
      if (c.winFrom(cs)) {
        return true;
      }
    }
  }

  /** Whether this is a list's front waiter, which is in no ring. */
  boolean isFront() {
    return (state & LAP) == 0;
  }

  /**
   * The winner's step while a close sends waiters away: completes with CLOSED, unless this waiter
   * has to be served all the same; see WaiterList, Close.
   */
  boolean sendAway() {
    Claim c = claim; // the owner does not touch it before DONE
    if (c == null) {
      Object own = value;
      value = ChannelBase.CLOSED;
      long s = state;
      if ((s & SERVED) == 0 && completeFrom(s)) {
        return true;
      }
      value = own;
      return false;
    }
    for (; ; ) {
      long s = state;
      if ((s & SERVED) != 0) {
        return false;
      }
      if (phase(s) == BURIED || cas(s, withEpoch(s, epoch(c.state), BURIED))) { // Model: SendAway
        value = ChannelBase.CLOSED;
        c.complete(this);
        return true;
      }
    }
  }

  /** Whether this is a place of a select's claim. */
  boolean isOf(@Nullable Claim select) {
    return select != null && CLAIM.getAcquire(this) == select;
  }

  /** Whether the owner has parked, or is about to: it is enqueued wherever it wants to be. */
  boolean isParked() {
    long s = state;
    if (phase(s) != LENT) {
      return phase(s) == PARKED;
    }
    Claim c = (Claim) CLAIM.getAcquire(this);
    return c != null && phase(c.state) == PARKED && state == s;
  }

  /** Whether a peer has won the claim behind this place and has not completed it; only a hint. */
  boolean isBeingServed() {
    long s = state;
    if (phase(s) != LENT) {
      return isWon(s);
    }
    Claim c = (Claim) CLAIM.getAcquire(this);
    return c != null && isWon(c.state) && state == s;
  }

  /** The winner's last step: hands over the result and wakes the owner. */
  void complete() {
    Claim c = claim; // the owner does not touch it before DONE
    (c == null ? this : c).complete(this);
  }

  /** The winner's step: a sender's element. From now on the waiter says sent. */
  Object takeElement() {
    Object e = takeValue();
    if (e == null) {
      throw new AssertionError("a sender waited without an element");
    }
    return e;
  }

  /** Whose blocked operation this is, as its enqueue sees it: the select's claim or this. */
  Claim claim() {
    Claim c = claim;
    return c == null ? this : c;
  }
}
