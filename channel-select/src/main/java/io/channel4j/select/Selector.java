package io.channel4j.select;

import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Claim;
import io.channel4j.internal.LoopClaim;
import io.channel4j.internal.Parker;
import io.channel4j.internal.Seam;
import io.channel4j.internal.WaitReason;
import io.channel4j.internal.Waiter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The engine of both forms of select: poll, enqueue, park, dequeue. */
final class Selector {
  /*
   * poll     tries the cases in random order. A select that polls is invisible to peers, so it has
   *          nothing to decide but to win the peer that it finds.
   * enqueue  opens the claim and makes a waiter visible on every channel. A case that meanwhile became
   *          ready makes the select abandon its claim, to be invisible again, and poll.
   * park     until a peer has won the claim.
   * dequeue  the losers leave; in the loop form they stay where they are, dormant, for the next round.
   *
   * The loop form has two sorts of cases. One that stands has enqueued, and nobody has buried its place
   * since: so it is not ready (see LoopClaim). It is not polled, and it enqueues by the opening of the
   * claim. All others are loose. A case stands from its enqueue on, until its place is touched, it is
   * served, or it changes. Two sorts keep their places, but never stand, because they may get ready
   * while nobody looks at those: a timer, by the clock, and a send into a buffer (see BufferedChannel,
   * looksForSenders).
   *
   * Two selects that face each other: the gate of the channel in question takes one enqueue before the
   * other. The second sees the first's flag, abandons, polls, and wins the first. All selects enqueue
   * in the order of the channels' numbers, so a cycle in which all abandon for each other cannot go
   * on: the one that is waiting at the highest channel has nobody to abandon for. Those that stand are
   * out of that order; who abandons for one of them polls, and so serves it or makes it loose.
   *
   * Default: taken if all cases were found quiet, and after that all stamps were unchanged: between
   * the two there was an instant at which no case was ready.
   *
   * Not guaranteed: a select is visible on its first channel before it is on its last, and may be
   * served there. A loop-form select that waits again keeps its old place in the lists of channels
   * that were quiet; that place may be ahead of waiters that came while it did not wait.
   *
   * Differs from Go: selectgo locks all channels in address order for poll and enqueue together, and
   * again for dequeue.
   *
   * One thread at a time, which enter and exit check.
   */
  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(Selector.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // by BUSY
  private volatile boolean busy;

  private final boolean keepsPlaces;
  private boolean biased;

  /** All cases, in the order in which they were added. */
  private SelectCase[] cases = new SelectCase[4];

  private int size;

  /** Those that take part: the loose ones, shuffled afresh in every poll, and those that stand. */
  private SelectCase[] active = cases;

  /** Those that take part, in the order in which to enqueue. */
  private SelectCase[] ordered = cases;

  private int activeSize;

  /** How many of those that take part are loose. */
  private int loose;

  /** For the loose ones in the order in which to enqueue, if they are few. */
  private final SelectCase[] few;

  private static final int FEW = 8;

  /** Whether a channel is in two cases that take part. */
  private boolean hasTwins;

  private boolean changed;

  private final Claim claim;
  private final @Nullable LoopClaim loop;
  private long random = ThreadLocalRandom.current().nextLong() | 1;

  Selector(boolean keepsPlaces) {
    this.keepsPlaces = keepsPlaces;
    loop = keepsPlaces ? new LoopClaim() : null;
    claim = loop == null ? new Claim() : loop;
    few = new SelectCase[loop == null ? 0 : FEW];
  }

  // ---- one thread at a time

  void enter() {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw new IllegalStateException(
          "this select is in use by another thread: make one for each thread");
    }
  }

  void exit() {
    BUSY.setRelease(this, false);
  }

  // ---- the cases

  int size() {
    return size;
  }

  <C extends SelectCase> C add(C added) {
    if (size == cases.length) {
      cases = Arrays.copyOf(cases, size * 2);
    }
    cases[size++] = added;
    casesChanged();
    return added;
  }

  void casesChanged() {
    changed = true;
  }

  void setBiased() {
    biased = true;
    changed = true; // twins have been shuffled
  }

  private void update() {
    SelectCase[] taking = new SelectCase[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (cases[i].isEnabled()) {
        taking[n++] = cases[i];
      }
    }
    active = taking;
    activeSize = n;
    ordered = taking.clone();
    if (n > 1) {
      Arrays.sort(ordered, 0, n, Comparator.comparingLong(c -> c.liveChannel().order()));
    }
    hasTwins = false;
    for (int i = 0; i < n; i++) {
      active[i].position = i;
      ordered[i].rank = i;
      hasTwins |= i > 0 && ordered[i].liveChannel() == ordered[i - 1].liveChannel();
    }
    if (hasTwins) {
      leaveAll();
    }
    loose = n;
    for (int i = 0; i < n; i++) {
      if (ordered[i].isKept()) {
        moveTo(--loose, ordered[i]);
      }
    }
    changed = false;
  }

  // ---- those that stand

  /** Whether a case that takes part stands. */
  private boolean stands(SelectCase c) {
    return c.position >= loose;
  }

  private void moveTo(int i, SelectCase c) {
    SelectCase[] a = active;
    SelectCase other = a[i];
    int j = c.position;
    a[j] = other;
    other.position = j;
    a[i] = c;
    c.position = i;
  }

  /** It gives its place back; the claim is not open. */
  private void loosen(SelectCase c) {
    c.leave();
    if (stands(c)) {
      moveTo(loose++, c);
    }
  }

  /** It has enqueued. */
  private void stand(SelectCase c) {
    if (keepsPlaces && !hasTwins && c.isKept()) {
      moveTo(--loose, c);
    }
  }

  /** Those that have been touched are loose from now on. Those that stand then are not ready. */
  private void loosenTouched() {
    if (loop == null || !loop.isTouched()) {
      return;
    }
    for (long bits = loop.takeTouched(); bits != 0; bits &= bits - 1) {
      for (int i = Long.numberOfTrailingZeros(bits); i < size; i += Long.SIZE) {
        if (cases[i].isEnabled()) {
          loosen(cases[i]);
        }
      }
    }
  }

  /** For a case that is about to change. */
  void leave(SelectCase c) {
    if (!changed && c.isEnabled()) {
      loosen(c);
    } else {
      c.leave();
    }
  }

  /** So that the cases of one channel are in its list in random order. */
  private void shuffleTwins() {
    SelectCase[] a = ordered;
    for (int from = 0, to; from < activeSize; from = to) {
      to = from + 1;
      while (to < activeSize && a[to].liveChannel() == a[from].liveChannel()) {
        int j = from + nextInt(++to - from);
        SelectCase t = a[j];
        a[j] = a[to - 1];
        a[to - 1] = t;
      }
    }
  }

  // ---- the select

  /** Go's select without a default. Null only if timed, at the deadline. */
  @Nullable SelectCase await(boolean timed, long deadline) throws InterruptedException {
    enter(); // Model: Begin
    try {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (changed) {
        update();
      }
      for (; ; ) {
        SelectCase c = poll();
        if (c != null) {
          return c;
        }
        if (activeSize == 0) {
          awaitNothing(timed, deadline);
          return null;
        }
        if (timed && deadline - System.nanoTime() <= 0) {
          if (isQuiet()) {
            return null;
          }
          continue;
        }
        c = enqueueAndPark(timed, deadline);
        if (c != null) {
          return c;
        }
      }
    } finally {
      exit();
    }
  }

  /** Go's select with a default: null where Go takes the default. */
  @Nullable SelectCase poll(boolean exact) {
    enter();
    try {
      if (changed) {
        update();
      }
      for (; ; ) {
        SelectCase c = poll();
        if (c != null || !exact || isQuiet()) {
          return c;
        }
      }
    } finally {
      exit();
    }
  }

  private void awaitNothing(boolean timed, long deadline) throws InterruptedException {
    WaitReason reason = size == 0 ? WaitReason.SELECT_NO_CASES : WaitReason.SELECT;
    if (Parker.awaitNothing(reason, timed, deadline) == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
  }

  /** Uniform among the ready: the first ready one of a random permutation, drawn as it goes. */
  private @Nullable SelectCase poll() {
    loosenTouched(); // Model: TakeTouched
    if (biased) {
      return pollInOrder();
    }
    SelectCase[] a = active;
    int n = loose;
    for (int i = 0; i < n; i++) { // Model: Poll
      SelectCase c = a[i + nextInt(n - i)];
      moveTo(i, c);
      if (c.poll()) {
        return c;
      }
    }
    return null;
  }

  private @Nullable SelectCase pollInOrder() {
    for (int i = 0; i < size; i++) {
      SelectCase c = cases[i];
      if (c.isEnabled() && !stands(c) && c.poll()) {
        return c;
      }
    }
    return null;
  }

  /** Between the two looks at the loose ones those that stand were not ready. */
  private boolean isQuiet() {
    for (int i = 0; i < loose; i++) {
      if (!active[i].isQuiet()) {
        return false;
      }
    }
    if (loop != null && loop.isTouched()) {
      return false;
    }
    for (int i = 0; i < loose; i++) {
      if (!active[i].isStillQuiet()) {
        return false;
      }
    }
    return true;
  }

  /** The chosen case, or null: poll again. */
  private @Nullable SelectCase enqueueAndPark(boolean timed, long deadline)
      throws InterruptedException {
    if (Seam.ON) {
      Seam.at("select.polled");
    }
    int epoch = open();
    SelectCase ready = enqueueLoose(epoch);
    if (ready != null && claim.abandon()) { // Model: Abandon
      ready.leaveIfNew();
      if (Seam.ON) {
        Seam.at("select.abandoned");
      }
      dequeue();
      return null;
    }
    if (Seam.ON) {
      Seam.at("select.enqueued");
    }
    int end = Parker.await(claim, true, WaitReason.SELECT, timed, deadline);
    if (end != Parker.DONE) {
      dequeue();
      if (end == Parker.INTERRUPTED) {
        throw new InterruptedException();
      }
      return null; // await looks at the clock again
    }
    Waiter winner = claim.winner();
    Object result = winner.takeValue();
    SelectCase chosen = cases[winner.index()];
    claim.end(); // from now on its places may be taken over
    if (ready != null) {
      ready.leaveIfNew();
    }
    loosen(chosen); // it has been served: next time it queues up behind the others
    dequeue();
    if (result == ChannelBase.CLOSED) {
      chosen.liveChannel().helpClose();
    }
    chosen.complete(result);
    return chosen;
  }

  private int open() {
    if (loop == null) {
      return claim.open(Thread.currentThread());
    }
    int epoch;
    do {
      epoch = loop.beginToOpen(Thread.currentThread());
      loosenTouched(); // again: since the poll. Model: TakeAgain
      if (Seam.ON) {
        Seam.at("select.opening");
      }
    } while (!loop.opened());
    return epoch;
  }

  /** Null if all have enqueued, or the claim is not open any more; else one that may be ready. */
  private @Nullable SelectCase enqueueLoose(int epoch) {
    if (hasTwins && !biased) {
      shuffleTwins();
    }
    SelectCase[] a = inOrder();
    int n = a == ordered ? activeSize : loose;
    for (int i = 0; i < n && claim.isOpen(); i++) {
      SelectCase c = a[i];
      if (stands(c)) {
        continue;
      }
      if (!c.enqueue(claim, epoch)) { // Model: Place
        return c;
      }
      stand(c);
    }
    return null;
  }

  /** The loose ones in the order of their channels, perhaps with others. */
  private SelectCase[] inOrder() {
    int n = loose;
    if (n > FEW || n == activeSize) {
      return ordered;
    }
    SelectCase[] few = this.few;
    for (int i = 0; i < n; i++) {
      SelectCase c = active[i];
      int j = i;
      for (; j > 0 && few[j - 1].rank > c.rank; j--) {
        few[j] = few[j - 1];
      }
      few[j] = c;
    }
    return few;
  }

  private void dequeue() {
    if (!keepsPlaces || hasTwins) { // twins that kept their places would keep their order
      leaveAll();
    }
  }

  private void leaveAll() {
    for (int i = 0; i < activeSize; i++) {
      ordered[i].leave();
    }
  }

  /** Marsaglia's xorshift; 0 to bound - 1. */
  private int nextInt(int bound) {
    if (bound == 1) {
      return 0;
    }
    long x = random;
    x ^= x << 13;
    x ^= x >>> 7;
    x ^= x << 17;
    random = x;
    return (int) (((x >>> 32) * bound) >>> 32);
  }
}
