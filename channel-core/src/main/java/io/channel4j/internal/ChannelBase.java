package io.channel4j.internal;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What all flavors of channel share: the public operations, in terms of the five steps that a
 * flavor and a select speak in.
 *
 * <p>The steps are <i>poll</i> and <i>offer</i> (take part without waiting), <i>enqueue</i> (become
 * visible to peers), <i>park</i> ({@link Parker}) and <i>dequeue</i> (leave).
 */
public abstract sealed class ChannelBase<T extends @Nullable Object> implements Channel<T>
    permits ListedChannel, NilChannel, TimerChannel {

  /** Stands for a null element, which a queue cannot hold. */
  static final Object NULL = new Token("null element");

  /** What poll gives on a closed and drained channel; what a closed-out waiter finds. */
  public static final Object CLOSED = new Token("closed");

  /** What poll gives when it would have to wait. */
  public static final Object NOT_READY = new Token("not ready");

  private record Token(String name) {}

  private static final VarHandle ORDER;
  private static final AtomicLong lastOrder = new AtomicLong();

  static {
    try {
      ORDER = MethodHandles.lookup().findVarHandle(ChannelBase.class, "order", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Object zero;

  /** Given by the first select that asks. */
  private volatile long order;

  ChannelBase(@Nullable Object zero) {
    this.zero = zero;
  }

  // ---- the steps of a flavor; elements are encoded

  /**
   * Takes an element if there is one for this thread. Gives CLOSED or NOT_READY otherwise; with
   * {@code exact}, NOT_READY means that it was true at one instant of the call.
   */
  public abstract Object poll(boolean exact);

  /**
   * Hands over an element if a receiver or a slot is there for it. With {@code exact}, false means
   * that there was an instant of the call at which there was none.
   *
   * @throws ChannelPanic.SendOnClosed if closed
   */
  public abstract boolean offer(Object element, boolean exact);

  /** A place for a select's receive case; its claim is open. */
  public abstract Waiter lendReceiver(Claim claim, int epoch, int index);

  /** A place for a select's send case; its claim is open. */
  public abstract Waiter lendSender(Claim claim, int epoch, int index, Object element);

  /**
   * Makes an open waiter visible to senders. False says that waiting is no longer right: the owner
   * abandons its claim, frees the place and polls again; if it cannot abandon, a peer has won.
   */
  public abstract boolean enqueueReceiver(Waiter w);

  /** As {@link #enqueueReceiver}, visible to receivers. */
  public abstract boolean enqueueSender(Waiter w);

  /** Gives a lent place back, if it was not taken over. Its claim is not open. */
  public void leave(Waiter w, long lap) {
    w.leave(lap);
  }

  /**
   * For a select with a default: a word that changes whenever a case on this channel can become
   * ready, or change its answer.
   */
  public abstract long stamp();

  /** Whether a receive is not ready for as long as the stamp stays this one. */
  public abstract boolean isQuietToReceive(long stamp);

  /** Whether a send is not ready for as long as the stamp stays this one. */
  public abstract boolean isQuietToSend(long stamp);

  /**
   * Whoever learnt of a close while it waited helps to wake the others before it tells: nobody who
   * waited at the close does anything else after that.
   */
  public abstract void helpClose();

  /** Whether a receive gets ready only when somebody has looked for waiting receivers. */
  public boolean looksForReceivers() {
    return true;
  }

  /** Whether a send gets ready, or a panic, only when somebody has looked for waiting senders. */
  public boolean looksForSenders() {
    return true;
  }

  /** How many receivers wait here now; for tests and dumps. */
  public abstract int waitingReceivers();

  /** How many senders wait here now; for tests and dumps. */
  public abstract int waitingSenders();

  /** How many list nodes this channel holds on to, the dead included; for tests of memory. */
  public abstract int linkedPlaces();

  /** A number that orders all channels, for selects to enqueue in. */
  public final long order() {
    long o = order;
    if (o != 0) {
      return o;
    }
    long mine = lastOrder.incrementAndGet();
    long other = (long) ORDER.compareAndExchange(this, 0L, mine);
    return other == 0 ? mine : other;
  }

  /** Blocks until an element, CLOSED, or, if timed, NOT_READY at the deadline. */
  abstract Object awaitPoll(boolean timed, long deadline) throws InterruptedException;

  /** Blocks until the element is handed over; false only if timed. */
  abstract boolean awaitOffer(Object element, boolean timed, long deadline)
      throws InterruptedException;

  // ---- encoding

  /** An element as queues and waiters hold it. */
  public static Object encode(@Nullable Object element) {
    return element == null ? NULL : element;
  }

  /** The value that a receive gives for what poll or a waiter gave. */
  @NullUnmarked // null only where null was sent, or no zero value was given
  @SuppressWarnings("unchecked") // only elements of type T go in
  public final T decode(@Nullable Object r) {
    return r == NULL ? null : r == CLOSED ? (T) zero : (T) r;
  }

  // ---- the public operations

  @Override
  public final void send(T value) throws InterruptedException {
    checkInterrupt();
    Object e = encode(value);
    if (!offer(e, false)) {
      awaitOffer(e, false, 0);
    }
  }

  @Override
  public final boolean trySend(T value) {
    return offer(encode(value), true);
  }

  @Override
  public final boolean trySend(T value, Duration timeout) throws InterruptedException {
    checkInterrupt();
    Object e = encode(value);
    long nanos = nanos(timeout);
    if (nanos <= 0) {
      return offer(e, true);
    }
    return offer(e, false) || awaitOffer(e, true, System.nanoTime() + nanos) || offer(e, true);
  }

  @Override
  @NullUnmarked
  public final T receive() throws InterruptedException {
    return decode(pollOrAwait());
  }

  @Override
  public final Received<T> receiveOk() throws InterruptedException {
    Object r = pollOrAwait();
    return new Received<>(decode(r), r != CLOSED);
  }

  private Object pollOrAwait() throws InterruptedException {
    checkInterrupt();
    Object r = poll(false);
    return r == NOT_READY ? awaitPoll(false, 0) : r;
  }

  @Override
  public final TryReceived<T> tryReceive() {
    return answer(poll(true));
  }

  @Override
  public final TryReceived<T> tryReceive(Duration timeout) throws InterruptedException {
    checkInterrupt();
    long nanos = nanos(timeout);
    if (nanos <= 0) {
      return answer(poll(true));
    }
    Object r = poll(false);
    if (r == NOT_READY) {
      r = awaitPoll(true, System.nanoTime() + nanos);
    }
    return answer(r == NOT_READY ? poll(true) : r);
  }

  private TryReceived<T> answer(Object r) {
    return r == NOT_READY
        ? TryReceived.notReady()
        : new TryReceived<>(true, r != CLOSED, decode(r));
  }

  @Override
  @SuppressWarnings("NullAway") // an element of type T may be null only where T allows it
  public final <X extends Exception> void range(RangeBody<? super T, X> body)
      throws InterruptedException, X {
    for (; ; ) {
      Object r = pollOrAwait(); // in here, so that no frame holds the last value in the next wait
      if (r == CLOSED) {
        return;
      }
      body.accept(decode(r));
    }
  }

  @Override
  public final Iterator<T> iterator() {
    return new RangeIterator<>(this);
  }

  @Override
  public final Stream<T> stream() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED), false);
  }

  /** Checked on entry, as java.util.concurrent does, so that a busy loop can be interrupted. */
  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Saturates, also so that a deadline never wraps around. */
  public static long nanos(Duration d) {
    long max = Long.MAX_VALUE >> 1; // some 146 years
    if (d.toSeconds() >= max / 1_000_000_000L) {
      return max;
    }
    return d.isNegative() ? 0 : d.toNanos();
  }

  @Override
  public String toString() {
    return "chan@" + Integer.toHexString(hashCode()) + "[" + len() + "/" + cap() + "]";
  }
}
