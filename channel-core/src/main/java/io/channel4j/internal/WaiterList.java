package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The waiting senders, or the waiting receivers, of one channel, first come first served. */
final class WaiterList {
  /*
   * A singly linked queue in the manner of Michael and Scott, with the relaxed head and tail that
   * java.util.concurrent.ConcurrentLinkedQueue uses.
   *
   * Invariants. 1: exactly one node has next == null, the last; it is never unlinked, so that nothing
   *                can be appended to a node that has left.
   *             2: every live waiter is reachable from head.
   *             3: a node is bypassed only after isLiveElseBuried() said false, which is final.
   *             4: a node that head has moved past may link to itself: a traversal that meets it
   *                starts again at head. Bypassed inner nodes keep their link and lead back.
   * Not guaranteed: tail may lag, and may lag behind head; dead nodes may be linked, at most
   * max(32, 2 * live) since the last sweep, and hold no value and no thread once their owner is back.
   *
   * Cost: append and firstLive are O(1) amortised over the dead they pass; dequeue is O(1). Dead
   * nodes between live ones go in a sweep, one for every max(32, 2 * live) appends, so that a place
   * costs O(1) amortised, whichever way it ends.
   *
   * Differs from Go: a sudog leaves the doubly linked queue at once, under the channel's lock.
   */
  private static final VarHandle HEAD;
  private static final VarHandle TAIL;
  private static final int MIN_SWEEP = 32;
  private static final int SERVING_SPINS = 256;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      HEAD = lookup.findVarHandle(WaiterList.class, "head", Waiter.class);
      TAIL = lookup.findVarHandle(WaiterList.class, "tail", Waiter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Waiter head;
  private volatile Waiter tail;

  /**
   * Whether a scan lets those in front be served first, for a while; see BufferedChannel, Order.
   */
  private final boolean inOrder;

  /** Appends until the next sweep. Races lose counts, which only delays a sweep a little. */
  private int untilSweep = MIN_SWEEP;

  WaiterList(boolean inOrder) {
    this.inOrder = inOrder;
    head = tail = new Waiter();
  }

  void append(Waiter w) {
    for (Waiter t = tail, p = t; ; ) {
      Waiter q = p.next;
      if (q == null) {
        if (Waiter.NEXT.compareAndSet(p, null, w)) {
          if (p != t) { // two nodes behind: move the hint, failure means somebody else did
            TAIL.weakCompareAndSet(this, t, w);
          }
          break;
        }
      } else if (q == p) { // head has moved past the hint
        Waiter hint = tail;
        p = hint == t ? head : hint;
        t = hint;
      } else {
        Waiter hint = tail;
        p = p != t && hint != t ? hint : q;
        t = hint;
      }
    }
    if (--untilSweep < 0) {
      sweep();
    }
  }

  /** The first waiter that a peer may win, or null if there was an instant without one. */
  @Nullable Waiter firstLive() {
    return firstLiveBut(null);
  }

  /** As {@link #firstLive}, passing over the waiters of one claim: a select never meets itself. */
  @Nullable Waiter firstLiveBut(@Nullable Claim self) {
    restart:
    for (; ; ) {
      Waiter h = head;
      boolean deadSoFar = true;
      for (Waiter p = h; ; ) {
        if (inOrder) {
          letBeServed(p);
        }
        if (p.isLiveElseBuried()) {
          if (deadSoFar) {
            deadSoFar = false;
            moveHead(h, p);
          }
          if (self == null || p.claim() != self) {
            return p;
          }
        }
        Waiter q = p.next;
        if (q == null) {
          if (deadSoFar) {
            moveHead(h, p);
          }
          return null;
        }
        if (q == p) {
          continue restart;
        }
        p = q;
      }
    }
  }

  /** Waits, up to a bound, for the thread that has won this waiter to complete it. */
  static void letBeServed(Waiter w) {
    for (int i = 0; i < SERVING_SPINS && w.isBeingServed(); i++) {
      Thread.onSpinWait();
    }
  }

  /** The owner's step, after its claim has ended: lets the list drop the place. */
  void dequeue(Waiter w) {
    w.bury();
    Waiter h = head;
    Waiter second = h.next;
    if (h == w || second == w) { // a dead node in front goes now; others wait for head or a sweep
      firstLive();
    }
  }

  private void moveHead(Waiter from, Waiter to) {
    if (from != to && HEAD.compareAndSet(this, from, to)) {
      Waiter.NEXT.setRelease(from, from);
    }
  }

  /** Unlinks the dead between the living. Several threads may sweep at once. */
  private void sweep() {
    int live = 0;
    Waiter kept = head;
    Waiter run = null; // first dead node after kept
    for (Waiter p = kept; ; ) {
      Waiter q = p.next;
      if (q == p) {
        break; // head overtook us: what was dead before it is gone
      }
      boolean alive = p.isLiveElseBuried();
      if (alive || q == null) {
        if (run != null && p != run) {
          Waiter.NEXT.compareAndSet(kept, run, p);
        }
        if (alive) {
          live++;
        }
        kept = p;
        run = null;
      } else if (run == null && p != kept) {
        run = p;
      }
      if (q == null) {
        break;
      }
      p = q;
    }
    firstLive(); // and those in front
    untilSweep = Math.max(MIN_SWEEP, 2 * live);
  }

  /** How many waiters a peer could win; for tests and dumps. */
  int count() {
    int n = 0;
    for (Waiter p = head; ; ) {
      if (p.isLiveElseBuried()) {
        n++;
      }
      Waiter q = p.next;
      if (q == null) {
        return n;
      }
      if (q == p) {
        n = 0;
        p = head;
      } else {
        p = q;
      }
    }
  }

  /** How many nodes are linked, the dead included; for tests of memory. */
  int linked() {
    int n = 0;
    for (Waiter p = head; ; ) {
      n++;
      Waiter q = p.next;
      if (q == null) {
        return n;
      }
      if (q == p) {
        n = 0;
        p = head;
      } else {
        p = q;
      }
    }
  }
}
