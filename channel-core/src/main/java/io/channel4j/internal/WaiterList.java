package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** The waiting senders, or the waiting receivers, of one channel, first come first served. */
final class WaiterList {
  /*
   * In front, one waiter that is in no ring: for a plain operation that finds nobody waiting, used
   * again and again. It is ahead of all others, since it is entered only where nobody waits.
   *
   * Behind it, a chain of rings, made when first needed. Places are reserved in the last one; when that
   * is full, it is sealed and a new one follows it, larger if its cells are in use. So a channel comes
   * to have one ring, large enough for its crowd, and waiting makes no garbage.
   *
   * Invariants. 1: every ring that is not drained can be reached from first.
   *             2: of two reserves, one of which has ended before the other began, the first is ahead.
   *             3: a ring with a next is full or sealed, or its reserves overlap with the growing.
   * Not guaranteed: last may lag; its ring leads to the last one.
   *
   * Close. Wins are in the order of the list, but who has won a waiter may be slow. If the channel is
   * closed by then it has to know on which side of the close its win was: a waiter must not be told of
   * the close while one behind it is served, nor the other way round. So a scan that passes one who has
   * been won marks it as SERVED, and a close marks all of them before it begins to send the others away
   * (releasing), after which there are no more marks. Who finds the channel releasing after its win
   * sends its waiter away, unless that is marked.
   *   Behind one who is sent away nobody is served: who won one before releasing had passed this one,
   * and marked it if it was won. Ahead of one who is served nobody is sent away: when it was won, or
   * marked, releasing had not begun. One that was won before the close is served, so that others who
   * found a select taken, on another channel, were right. The front needs no mark: nobody is ahead of
   * it, so that it is served in any case.
   *   In a buffer a late sender may win a receiver that has not looked yet. That is told of the close
   * only where other receivers waited at the close, so that there was no value; else it is served.
   *
   * Memory: a waiter that stays holds its ring. The rings behind it are unlinked when drained, by
   * whoever adds one, so there are at most one ring for each waiter that stays and one more.
   */
  private static final VarHandle FRONT;
  private static final VarHandle FIRST;
  private static final VarHandle LAST;

  /** Tests that stop threads at steps want to come around the ring, and to its end, quickly. */
  private static final int MIN_SIZE = Seam.ON ? 2 : 8;

  private static final int MAX_SIZE = 1 << 16;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FRONT = lookup.findVarHandle(WaiterList.class, "front", Waiter.class);
      FIRST = lookup.findVarHandle(WaiterList.class, "first", WaiterRing.class);
      LAST = lookup.findVarHandle(WaiterList.class, "last", WaiterRing.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Never leaves once made. */
  private volatile @Nullable Waiter front;

  private volatile @Nullable WaiterRing first;

  /** Null says first. */
  private volatile @Nullable WaiterRing last;

  /**
   * Whether a scan lets those in front be served first, for a while; see BufferedChannel, Order.
   */
  private final boolean inOrder;

  /** For the marks; null if no peer ever has to send a waiter away after its win. */
  private final @Nullable ListedChannel<?> channel;

  WaiterList(boolean inOrder, @Nullable ListedChannel<?> channel) {
    this.inOrder = inOrder;
    this.channel = channel;
  }

  // ---- the front

  /** The place in front, for this thread alone, not visible yet; null if somebody has it. */
  @Nullable Waiter reserveFront() {
    Waiter f = front;
    if (f == null) {
      f = new Waiter();
      if (!FRONT.compareAndSet(this, null, f)) {
        return null;
      }
    }
    return f.reserve() ? f : null;
  }

  /** Whether w is the waiter in front, with nobody behind it. */
  boolean isAloneInFront(Waiter w) {
    return w == front && scan(null, false) == null;
  }

  private boolean isFrontOpen(Waiter f) {
    if (f.isOpen()) {
      return true;
    }
    if (inOrder) {
      WaiterRing.letBeServed(f); // not before the look: it may be won in between
    }
    return false;
  }

  // ---- the rings

  /** The last place, for this thread alone, not visible yet. */
  Waiter reserve() {
    for (; ; ) {
      WaiterRing old = last;
      WaiterRing r = old == null ? firstRing() : old;
      WaiterRing n = r.next();
      if (n == null) {
        Waiter w = r.reserve();
        if (w != null) {
          return w;
        }
        n = grow(r);
      }
      LAST.compareAndSet(this, old, n);
    }
  }

  private WaiterRing firstRing() {
    WaiterRing r = first;
    if (r != null) {
      return r;
    }
    WaiterRing made = new WaiterRing(MIN_SIZE, channel);
    WaiterRing other = (WaiterRing) FIRST.compareAndExchange(this, null, made);
    return other == null ? made : other;
  }

  private WaiterRing grow(WaiterRing full) {
    int size = full.size();
    int owned = full.owned();
    if (2 * owned > size) {
      size = Math.min(2 * size, MAX_SIZE);
    } else if (8 * owned < size && size > WaiterRing.SMALL) {
      size /= 4;
    }
    WaiterRing made = new WaiterRing(size, channel);
    if (full.casNext(null, made)) {
      if (Seam.ON) {
        Seam.at("grow.linked");
      }
      full.seal();
      Waiter unused = scan(null, false); // leaves the drained rings at the head
      dropDrained();
    }
    WaiterRing n = full.next();
    return n == null ? made : n;
  }

  /** Unlinks the drained rings behind the first. Several threads may do so at once. */
  private void dropDrained() {
    WaiterRing p = firstRing();
    for (WaiterRing q = p.next(); q != null; ) {
      WaiterRing n = q.next();
      if (n == null) {
        return;
      }
      long unused = q.find(null, false); // moves its head
      if (q.isDrained()) {
        p.casNext(q, n);
      } else {
        p = q;
      }
      q = n;
    }
  }

  // ---- the peers' steps

  /** The first waiter that a peer may win, or null if there was an instant without one. */
  @Nullable Waiter firstLive() {
    return firstLiveBut(null);
  }

  /** As {@link #firstLive}, passing over the waiters of one claim: a select never meets itself. */
  @Nullable Waiter firstLiveBut(@Nullable Claim self) {
    Waiter f = front;
    return f != null && isFrontOpen(f) ? f : scan(self, false);
  }

  /** Wins the first that is parked, if that is asked for and there is one; else the first. */
  @Nullable Waiter winFirst(boolean parkedFirst) {
    Waiter w = parkedFirst ? winFirstParked() : null;
    return w != null ? w : winFirst();
  }

  /** Whether somebody was seen who is parked: enqueued wherever it wants to be. */
  boolean isAnyParked() {
    Waiter f = front;
    if (f != null && f.isParked()) {
      return true;
    }
    for (WaiterRing r = first; r != null; r = r.next()) {
      if (r.findParked() >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Marks those who have been won and not completed. */
  void markThoseWon() {
    for (WaiterRing r = first; r != null; r = r.next()) {
      r.markThoseWon();
    }
  }

  private @Nullable Waiter winFirstParked() {
    Waiter f = front;
    if (f != null && f.isParked()) {
      return winFirst();
    }
    for (WaiterRing r = first; r != null; r = r.next()) {
      for (long p = r.findParked(); p >= 0; p = r.findParked()) {
        if (r.winAt(p)) {
          return r.at(p);
        }
      }
    }
    return null;
  }

  /** Wins the first waiter; null if there was an instant without one. */
  @Nullable Waiter winFirst() {
    Waiter f = front;
    while (f != null && isFrontOpen(f)) {
      long s = f.state;
      if (Claim.phase(s) <= Claim.PARKED && f.winFrom(s)) {
        return f;
      }
    }
    return scan(null, true);
  }

  private @Nullable Waiter scan(@Nullable Claim but, boolean win) {
    restart:
    for (; ; ) {
      WaiterRing start = first;
      if (start == null) {
        return null;
      }
      for (WaiterRing r = start; ; ) {
        long p = r.find(but, inOrder);
        if (p >= 0) {
          if (r != start && isAnyLive(start, r, but)) {
            continue restart; // it was still to become visible when this scan passed
          }
          if (!win || r.winAt(p)) {
            return r.at(p);
          }
          continue;
        }
        WaiterRing n = r.next();
        if (n == null) {
          return null;
        }
        if (!r.isSealed()) {
          r.seal(); // its grower was stopped
          continue;
        }
        if (r.isDrained()) {
          FIRST.compareAndSet(this, r, n);
        }
        r = n;
      }
    }
  }

  private static boolean isAnyLive(WaiterRing from, WaiterRing to, @Nullable Claim but) {
    for (WaiterRing r = from; r != null && r != to; r = r.next()) {
      if (r.find(but, false) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** How many waiters a peer could win; for tests and dumps. */
  int count() {
    Waiter f = front;
    int n = f != null && f.isOpen() ? 1 : 0;
    for (WaiterRing r = first; r != null; r = r.next()) {
      n += r.live();
    }
    return n;
  }

  /** How many cells the rings have; for tests of memory. */
  int cells() {
    int n = 0;
    for (WaiterRing r = first; r != null; r = r.next()) {
      n += r.size();
    }
    return n;
  }
}
