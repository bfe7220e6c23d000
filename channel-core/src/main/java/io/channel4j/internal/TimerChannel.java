package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The channel of a timer or a ticker: receive-only, and ready when its time has come. */
public final class TimerChannel extends ChannelBase<Instant> {
  /*
   * There is no buffer. A value is there if the timer is pending and the clock has reached its due
   * time; to receive it is one CAS, from this state to the next. So stop and reset, which are one CAS
   * too, leave nothing behind that could be stale, and a ticker's missed ticks never existed.
   *
   *   Idle    -> Pending          reset; false to the caller
   *   Pending -> Idle, Pending    stop, reset; true to the caller
   *   Pending -> Idle, Pending'   due, and nobody waits: a receiver takes the value
   *   Pending -> Firing           due, and somebody waits: the alarm, or a receiver who comes then
   *   Firing  -> Idle, Pending'   the same thread: a waiter got the value
   *   Firing  -> that Pending     the same thread: no waiter was left
   *
   * Pending' is the next tick after now; a timer that is no ticker is Idle then.
   *
   * The clock knows of a timer only while somebody waits for it: alarm. Those who wait do so in the
   * list of an unbuffered channel, to which nobody else has access. A select loop's place that is not
   * waiting keeps the alarm, for its next round, until that rings. So that a loop that was dropped is
   * not held until a due time far away, an alarm is never further away than the horizon: some seconds
   * at first, and twice as far whenever it rings too early and somebody still waits. A loop is held for
   * those seconds, or for as long as it has waited, and a long wait costs a few more alarms.
   *
   * Invariants. 1: with a live waiter and a Pending there is an alarm not later than its due time, or a
   *                thread about to settle.
   *             2: whoever enqueues looks at the state after that; whoever changes the state looks for
   *                waiters after that (settle). So one of the two sees the other.
   *             3: whoever takes an alarm away looks for waiters after that, for the same reason.
   *             4: the alarm's thread never waits: who leaves Firing settles, so it may pass by.
   *
   * Not guaranteed: a thread that is stopped in Firing, or between storing an alarm and starting it,
   * holds up those who want this very value, stop and reset among them.
   *
   * Differs from Go (runtime/time.go): there a timer sends into a buffer of one, under a lock, which
   * len, cap, stop and reset have to hide and to empty.
   */
  private sealed interface State {
    /** Grows with every change but a Firing that comes to nothing. */
    long seq();
  }

  /** Stopped, or received. */
  private record Idle(long seq) implements State {}

  /** Due at a time; for a ticker every period from then on, else period is 0. */
  private record Pending(long seq, long due, long period) implements State {
    /** What follows when the value is received at this time, due or later. */
    State next(long now) {
      return period == 0
          ? new Idle(seq + 1)
          : new Pending(seq + 1, due + period * (1 + (now - due) / period), period);
    }
  }

  private record Firing(long seq) implements State {}

  private static final long MAY_BE_READY = 1;
  private static final long HORIZON_NANOS = 10_000_000_000L;
  private static final VarHandle STATE;
  private static final VarHandle ALARM;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(TimerChannel.class, "state", State.class);
      ALARM = lookup.findVarHandle(TimerChannel.class, "alarm", Alarm.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final TimerClock clock;

  /** Where receivers wait; nobody else sends to it or receives from it. */
  private final UnbufferedChannel<Instant> waiters = new UnbufferedChannel<>(null);

  /** Everybody, by CAS; out of Firing only who brought it there. */
  private volatile State state;

  /** What will call this timer. Everybody, by CAS. */
  private volatile @Nullable Alarm alarm;

  /** How far away an alarm may be. Anybody, racing: it does not have to be right. */
  private long horizon = HORIZON_NANOS;

  /** A timer that is set. Times are the clock's; see {@link #reset}. */
  public TimerChannel(TimerClock clock, long due, long period) {
    super(null);
    this.clock = clock;
    this.state = new Pending(0, due, period);
  }

  // ---- stop and reset

  /** Stops it; true if it was set: neither received nor stopped. */
  public boolean stop() {
    for (int i = 0; ; ) {
      State s = state;
      if (s instanceof Idle) {
        return false;
      }
      if (s instanceof Pending && STATE.compareAndSet(this, s, new Idle(s.seq() + 1))) {
        dropAlarm();
        return true;
      }
      i = pauseIfFiring(s, i);
    }
  }

  /**
   * Sets it anew: due at a time, and then every period, if that is not 0. True if it was set
   * before: neither received nor stopped.
   */
  public boolean reset(long due, long period) {
    for (int i = 0; ; ) {
      State s = state;
      if (!(s instanceof Firing)
          && STATE.compareAndSet(this, s, new Pending(s.seq() + 1, due, period))) {
        settle();
        return s instanceof Pending;
      }
      i = pauseIfFiring(s, i);
    }
  }

  private static int pauseIfFiring(State s, int i) {
    if (s instanceof Firing) {
      Parker.pause(i);
      return i + 1;
    }
    return i;
  }

  // ---- receive

  private boolean isDue(Pending s) {
    return clock.nanoTime() - s.due >= 0;
  }

  @Override
  public Object poll(boolean exact) {
    for (int i = 0; ; ) {
      State s = state;
      if (s instanceof Pending set && isDue(set)) {
        if (hasWaiters()) {
          settle(); // they were first
        } else if (STATE.compareAndSet(this, s, set.next(clock.nanoTime()))) {
          return clock.instantAt(set.due);
        }
      } else if (!exact || !(s instanceof Firing)) {
        return NOT_READY; // for a Pending: at the instant that it was read
      } else {
        i = pauseIfFiring(s, i);
      }
    }
  }

  @Override
  public boolean enqueueReceiver(Waiter w) {
    if (!waiters.enqueueReceiver(w)) {
      throw new AssertionError("somebody else uses the list of a timer");
    }
    if (Seam.ON) {
      Seam.at("timer.enqueued");
    }
    if (state instanceof Pending s) {
      if (isDue(s)) {
        return false;
      }
      setAlarm(s.due);
    }
    return true; // whoever changes the state looks for waiters after that
  }

  @Override
  public boolean looksForReceivers() {
    return false; // the clock makes it ready, whoever waits
  }

  @Override
  public Waiter lendReceiver(Claim claim, int epoch, int index) {
    return waiters.lendReceiver(claim, epoch, index);
  }

  @Override
  public void leave(Waiter w, long lap) {
    super.leave(w, lap);
    dropUnusedAlarm();
  }

  private void dropUnusedAlarm() {
    if (alarm != null && !hasWaiters()) {
      dropAlarm();
    }
  }

  @Override
  Object awaitPoll(boolean timed, long deadline) throws InterruptedException {
    for (; ; ) {
      Waiter w = waiters.receivers().reserve();
      w.open(Thread.currentThread(), null);
      if (!enqueueReceiver(w) && w.abandon()) {
        w.free();
        dropUnusedAlarm();
        Object r = poll(false);
        if (r != NOT_READY) {
          return r;
        }
        continue;
      }
      int end = Parker.await(w, false, WaitReason.CHAN_RECEIVE, timed, deadline);
      Object r = end == Parker.DONE ? w.takeValue() : NOT_READY;
      w.free();
      dropUnusedAlarm();
      if (end == Parker.INTERRUPTED) {
        throw new InterruptedException();
      }
      if (r == null) {
        throw new AssertionError("a receiver was woken without a result");
      }
      return r;
    }
  }

  // ---- fire

  /** Whether there is a live waiter. */
  private boolean hasWaiters() {
    return !waiters.isQuietToSend(waiters.stamp());
  }

  /** If somebody waits: gives out what is due, or sees to it that the alarm comes in time. */
  private void settle() {
    for (boolean fired = false; hasWaiters(); ) {
      if (!(state instanceof Pending s)) {
        return; // nothing to come; or who is firing will settle
      }
      if (fired || !isDue(s)) {
        setAlarm(s.due);
        return;
      }
      fired = fire(s);
    }
  }

  /** Gives the value to the first waiter, if there still is one. Settles next, whatever it says. */
  private boolean fire(Pending s) {
    if (!STATE.compareAndSet(this, s, new Firing(s.seq))) {
      return false;
    }
    if (Seam.ON) {
      Seam.at("timer.firing");
    }
    boolean received = waiters.offer(clock.instantAt(s.due), false);
    state = received ? s.next(clock.nanoTime()) : s;
    return received;
  }

  private void setAlarm(long due) {
    for (; ; ) {
      Alarm a = alarm;
      if (a != null && a.due - due <= 0) {
        return; // it will look again
      }
      long now = clock.nanoTime();
      long near = Math.min(due - now, horizon);
      Alarm mine = new Alarm(now + near, this::ring);
      if (ALARM.compareAndSet(this, a, mine)) {
        mine.start(clock);
        if (a != null) {
          a.cancel(clock);
        }
        return;
      }
    }
  }

  private void dropAlarm() {
    Alarm a = alarm;
    if (a != null && ALARM.compareAndSet(this, a, null)) {
      a.cancel(clock);
      settle();
    }
  }

  private void ring(Alarm a) {
    if (ALARM.compareAndSet(this, a, null)) {
      long h = horizon;
      horizon = !hasWaiters() ? HORIZON_NANOS : h < Long.MAX_VALUE >> 2 ? 2 * h : h;
      settle();
    }
  }

  // ---- default

  @Override
  public long stamp() {
    State s = state;
    boolean mayBeReady = s instanceof Firing || (s instanceof Pending set && isDue(set));
    return s.seq() << 1 | (mayBeReady ? MAY_BE_READY : 0);
  }

  @Override
  public boolean isQuietToReceive(long stamp) {
    if ((stamp & MAY_BE_READY) == 0) {
      return true;
    }
    for (int i = 0; state instanceof Firing f && f.seq == stamp >> 1; ) {
      i = pauseIfFiring(f, i);
    }
    return false;
  }

  // ---- what nobody can do with a receive-only channel, but by a cast

  private static UnsupportedOperationException receiveOnly(String what) {
    return new UnsupportedOperationException(
        what + " a timer's channel: it is receive-only, as Go's <-chan Time");
  }

  @Override
  public boolean offer(Object element, boolean exact) {
    throw receiveOnly("send to");
  }

  @Override
  boolean awaitOffer(Object element, boolean timed, long deadline) {
    throw receiveOnly("send to");
  }

  @Override
  public boolean enqueueSender(Waiter w) {
    throw receiveOnly("send to");
  }

  @Override
  public Waiter lendSender(Claim claim, int epoch, int index, Object element) {
    throw receiveOnly("send to");
  }

  @Override
  public boolean isQuietToSend(long stamp) {
    return false; // offer says why
  }

  @Override
  public void close() {
    throw receiveOnly("close of");
  }

  @Override
  public void helpClose() {}

  // ---- accessors

  @Override
  public int waitingReceivers() {
    return waiters.waitingReceivers();
  }

  @Override
  public int waitingSenders() {
    return 0;
  }

  @Override
  public int linkedPlaces() {
    return waiters.linkedPlaces();
  }

  @Override
  public int len() {
    return 0; // as Go since 1.23
  }

  @Override
  public int cap() {
    return 0;
  }
}
