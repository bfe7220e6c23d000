package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A ring of waiters: one piece of a {@link WaiterList}. */
final class WaiterRing {
  /*
   * Positions count up for ever. Position p is the use of cell p % size in lap p / size + 1.
   *
   *   head                        tail
   *   | dead live dead pending live |          tail - head <= size
   *
   * reserve   the cell at tail, vacant since an earlier lap, becomes RESERVED of this lap by one CAS,
   *           made while tail is there; whoever comes next helps to move tail on. A cell whose owner
   *           of an earlier lap has not come back is passed over.
   * scan      from head to tail. Moves head past the dead, for good: a position is dead when its use
   *           has ended, when it was passed over, or when the scan itself has CASed the vacant cell into
   *           this lap, so that no late reserve gets there.
   * seal      a sign in tail: no reserve from now on. A reserve that is under way may still get the
   *           position at which the tail stands, so scans of a sealed ring go one further.
   *
   * Invariants. 1: a live or pending position is in head..tail. Only its owner or its winner ends it.
   *             2: a cell is in one position of head..tail at most, unless it was passed over there.
   *             3: laps of a cell only grow, and each is reserved once, which is why one CAS from the
   *                state seen is enough everywhere.
   *             4: a sealed ring whose head has come to its end is drained, and stays so.
   *
   * Not guaranteed: pending positions are not in the order of the gate's CASes; their operations
   * overlap. Laps wrap around after 2^32: a thread would have to be stopped for that long.
   *
   * Differs from Go: a doubly linked list of sudogs, each from a pool, under the channel's lock.
   */
  private static final long SEALED = Long.MIN_VALUE;
  private static final int SERVING_SPINS = 256;

  /** Rings of up to this size are kept for the next crowd. */
  static final int SMALL = 256;

  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final VarHandle NEXT;
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(Waiter[].class);

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(WaiterRing.class, "head", long.class);
      TAIL = lookup.findVarHandle(WaiterRing.class, "tail", long.class);
      NEXT = lookup.findVarHandle(WaiterRing.class, "next", WaiterRing.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Made when first used. */
  private final @Nullable Waiter[] cells;

  private final int mask;
  private final int shift;

  /**
   * What a scan that passes one who has been won asks whether to mark it; see WaiterList, Close.
   */
  private final @Nullable ListedChannel<?> channel;

  private volatile long head;
  private volatile long tail;

  /** Once set, it changes only to skip rings that are drained. */
  private volatile @Nullable WaiterRing next;

  /** The size is a power of two. */
  WaiterRing(int size, @Nullable ListedChannel<?> channel) {
    this.channel = channel;
    cells = new @Nullable Waiter[size];
    mask = size - 1;
    shift = Integer.numberOfTrailingZeros(size);
  }

  private Waiter cell(long p) {
    int i = (int) p & mask;
    Waiter w = (Waiter) CELL.getAcquire(cells, i);
    if (w != null) {
      return w;
    }
    Waiter made = new Waiter();
    Waiter other = (Waiter) CELL.compareAndExchange(cells, i, null, made);
    return other == null ? made : other;
  }

  private long lap(long p) {
    return Waiter.lap((p >>> shift) + 1);
  }

  private static long end(long tail) {
    return tail >= 0 ? tail : (tail & ~SEALED) + 1;
  }

  /** The next place, for this thread alone; null if the ring is full or sealed. */
  @Nullable Waiter reserve() {
    int passed = 0;
    for (; ; ) {
      long t = tail; // Model: Reserve
      if (t < 0 || (t - head > mask && isStillFull(t)) || isTooLarge(t)) {
        return null; // Model: ReserveNull
      }
      if (Seam.ON) {
        Seam.at("reserve.looking");
      }
      Waiter w = cell(t);
      long s = w.state;
      long lap = lap(t);
      if (Waiter.isBefore(s, lap)) {
        if (w.isVacant(s)) { // Model: ReserveState
          // Model: ReserveTail, ReserveCas
          if (tail == t && w.reserve(s, lap)) { // vacant all the while since tail was t
            if (Seam.ON) {
              Seam.at("reserve.reserved");
            }
            TAIL.compareAndSet(this, t, t + 1); // Model: ReserveHelp
            return w;
          }
          continue;
        }
        if (passed++ > mask) {
          return null; // Model: ReserveNull
        }
      }
      TAIL.compareAndSet(this, t, t + 1); // Model: ReserveHelp
    }
  }

  private boolean isStillFull(long t) {
    long unused = find(null, false); // moves head; Model: IsStillFull
    return t - head > mask;
  }

  /** Whether this ring was made for a crowd that has gone; asked once in a lap. */
  private boolean isTooLarge(long t) {
    return mask >= SMALL && (t & mask) == 0 && t != 0 && owned() <= mask >> 3;
  }

  /**
   * The position of the first waiter that may be won; -1 if there was none of those whose enqueue
   * was complete when the search began.
   *
   * @param but a select whose own places do not count
   * @param inOrder whether to let those in front be served first, for a while
   */
  long find(@Nullable Claim but, boolean inOrder) {
    restart:
    for (; ; ) {
      long from = head; // Model: Find
      boolean allDead = true;
      long pending = -1;
      long p = from;
      while (p < end(tail)) {
        Waiter w = cell(p);
        Waiter.Found found = w.look(w.state, lap(p), channel); // Model: FindLook
        if (found == Waiter.Found.CHANGED) {
          continue;
        }
        if (found == Waiter.Found.DEAD) {
          if (inOrder) {
            letBeServed(w);
          }
          p++;
          continue;
        }
        if (allDead) {
          allDead = false;
          moveHead(from, p);
        }
        if (found == Waiter.Found.LIVE && !w.isOf(but)) {
          if (pending >= 0 && isAnyLive(pending, p)) { // Model: FindLive
            continue restart; // it may have come, and waited, before the one at p did
          }
          return p;
        }
        if (found == Waiter.Found.PENDING && pending < 0) {
          pending = p;
          if (Seam.ON) {
            Seam.at("find.pending");
          }
        }
        p++;
      }
      if (allDead) {
        moveHead(from, p);
      }
      return -1; // Model: FindNone
    }
  }

  /**
   * The position of the first waiter that is parked; -1 if none was seen. Does not move the head.
   */
  long findParked() {
    for (long p = head; p < end(tail); ) {
      Waiter w = cell(p);
      Waiter.Found found = w.look(w.state, lap(p), channel);
      if (found == Waiter.Found.LIVE && w.isParked()) {
        return p;
      }
      if (found != Waiter.Found.CHANGED) {
        p++;
      }
    }
    return -1;
  }

  /** A close's step; see WaiterList, Close. */
  void markThoseWon() {
    int unused = live(); // every look marks
  }

  private boolean isAnyLive(long from, long to) {
    for (long p = from; p < to; ) {
      Waiter w = cell(p);
      Waiter.Found found = w.look(w.state, lap(p), channel);
      if (found == Waiter.Found.LIVE) {
        return true;
      }
      if (found != Waiter.Found.CHANGED) {
        p++;
      }
    }
    return false;
  }

  Waiter at(long p) {
    return cell(p);
  }

  /** A peer's step: wins the waiter that was found at p. */
  boolean winAt(long p) {
    Waiter w = cell(p);
    for (; ; ) {
      long s = w.state;
      Waiter.Found found = w.look(s, lap(p), channel);
      if (found != Waiter.Found.CHANGED) {
        if (found != Waiter.Found.LIVE) {
          return false;
        }
        if (w.win(s)) { // Model: FindFound
          return true;
        }
      }
    }
  }

  private void moveHead(long from, long to) {
    if (from != to) {
      HEAD.compareAndSet(this, from, to); // Model: FindMove
    }
  }

  /** Waits, up to a bound, for the thread that has won this waiter to complete it. */
  static void letBeServed(Waiter w) {
    for (int i = 0; i < SERVING_SPINS && w.isBeingServed(); i++) {
      Thread.onSpinWait();
    }
  }

  // ---- the end of a ring

  /** No reserve from now on. */
  void seal() { // Model: Seal
    for (long t = tail; t >= 0 && !TAIL.compareAndSet(this, t, t | SEALED); ) {
      t = tail;
    }
  }

  /** Whether nobody is in it and nobody will be. */
  boolean isDrained() {
    long t = tail;
    return t < 0 && head == end(t);
  }

  @Nullable WaiterRing next() {
    return next;
  }

  boolean isSealed() {
    return tail < 0;
  }

  boolean casNext(@Nullable WaiterRing from, WaiterRing to) {
    return NEXT.compareAndSet(this, from, to);
  }

  // ---- counts

  int size() {
    return mask + 1;
  }

  /** How many cells have an owner now. */
  int owned() {
    int n = 0;
    for (int i = 0; i <= mask; i++) {
      Waiter w = (Waiter) CELL.getAcquire(cells, i);
      if (w != null && w.isOwned()) {
        n++;
      }
    }
    return n;
  }

  /** How many waiters could be won now; for tests and dumps. */
  int live() {
    int n = 0;
    for (long p = head; p < end(tail); ) {
      Waiter w = cell(p);
      Waiter.Found found = w.look(w.state, lap(p), channel);
      if (found == Waiter.Found.LIVE) {
        n++;
      }
      if (found != Waiter.Found.CHANGED) {
        p++;
      }
    }
    return n;
  }
}
