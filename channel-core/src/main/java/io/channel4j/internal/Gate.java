package io.channel4j.internal;

/**
 * A door that opens once, for everybody who waits and will come: Go's channel that is only closed,
 * with a wait reason of the caller's.
 */
public final class Gate {
  /*
   * Invariants. 1: open goes from false to true once.
   *             2: whoever opens sets open first and then wins every waiter; a waiter lines up first and
   *                then looks at open. So one of the two sees the other.
   * Not guaranteed: the order in which waiters resume.
   *
   * Memory: what happens before open() happens before an await that returns DONE.
   */
  private final WaiterList waiters = new WaiterList(false, null);
  private volatile boolean open;

  /** A closed gate. */
  public Gate() {}

  /** Whether it has been opened. */
  public boolean isOpen() {
    return open;
  }

  /** Lets everybody through, now and later. */
  public void open() {
    open = true;
    for (Waiter w = waiters.winFirst(); w != null; w = waiters.winFirst()) {
      w.complete();
    }
  }

  /**
   * Waits until it is open. Gives {@link Parker#DONE}, {@link Parker#TIMED_OUT} or {@link
   * Parker#INTERRUPTED}; an interrupt counts only if the gate is not open, and then is cleared.
   */
  public int await(WaitReason reason, boolean timed, long deadline) {
    if (open) {
      return Parker.DONE;
    }
    Waiter w = waiters.reserve();
    w.open(Thread.currentThread(), null);
    int end = open && w.abandon() ? Parker.DONE : Parker.await(w, false, reason, timed, deadline);
    w.free();
    if (end != Parker.DONE && open) { // it was opened before this waiter was reached
      if (end == Parker.INTERRUPTED) {
        Thread.currentThread().interrupt();
      }
      return Parker.DONE;
    }
    return end;
  }

  /** How many threads wait; for tests and dumps. */
  public int waiting() {
    return waiters.count();
  }

  /** How many places for waiters it holds on to; for tests of memory. */
  public int linkedPlaces() {
    return waiters.cells();
  }
}
