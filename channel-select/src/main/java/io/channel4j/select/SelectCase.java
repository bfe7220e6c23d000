package io.channel4j.select;

import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Claim;
import io.channel4j.internal.NilChannel;
import io.channel4j.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * One case of a {@link SelectLoop}: a handle to compare with what {@link SelectLoop#await} gives.
 *
 * <p>Like the loop that it belongs to, a case is for one thread at a time.
 */
public abstract sealed class SelectCase permits ReceiveCase, SendCase {

  private final Selector selector;
  private final int index;

  /** Null where Go's channel is nil. */
  private @Nullable ChannelBase<?> channel;

  private boolean enabled = true;

  /** The place in the channel's waiter list, from an earlier round perhaps. */
  private @Nullable Waiter waiter;

  /** Which use of the waiter is this case's. */
  private long lap;

  /** Whether the waiter may not be in the list. */
  private boolean isNew;

  /** What the channel's stamp was when this case was last found not ready. */
  private long stamp;

  /** Where this case is among those that take part; Selector's. */
  int position;

  /** Where this case is in the order of the channels; Selector's. */
  int rank;

  SelectCase(Selector selector, int index, @Nullable Object channel) {
    this.selector = selector;
    this.index = index;
    this.channel = channelOf(channel);
  }

  private static @Nullable ChannelBase<?> channelOf(@Nullable Object channel) {
    return channel == null || channel instanceof NilChannel ? null : (ChannelBase<?>) channel;
  }

  /**
   * The number of this case: 0 for the first one added to its loop, 1 for the next. Good for a
   * {@code switch}. Go: the index that {@code reflect.Select} returns.
   *
   * @return the number of this case
   */
  public final int index() {
    return index;
  }

  /**
   * Whether this case takes part: it is enabled and its channel is not nil.
   *
   * @return whether a later await may choose this case
   */
  public final boolean isEnabled() {
    return enabled && channel != null;
  }

  /**
   * Takes this case out of the select until {@link #enable}. Go: {@code ch = nil} for the channel
   * of this case, without forgetting the channel. Does nothing if disabled already.
   *
   * @throws IllegalStateException if another thread is using the loop
   */
  public final void disable() {
    setEnabled(false);
  }

  /**
   * Puts this case back. Does nothing if enabled already.
   *
   * @throws IllegalStateException if another thread is using the loop
   */
  public final void enable() {
    setEnabled(true);
  }

  private void setEnabled(boolean on) {
    selector.enter();
    try {
      if (enabled != on) {
        enabled = on;
        leave();
        selector.casesChanged();
      }
    } finally {
      selector.exit();
    }
  }

  /** Go: the assignment {@code ch = other} between rounds. */
  final void setChannel(@Nullable Object other) {
    selector.enter();
    try {
      leave();
      channel = channelOf(other);
      selector.casesChanged();
    } finally {
      selector.exit();
    }
  }

  final Selector selector() {
    return selector;
  }

  // ---- the steps, on a case that takes part

  final @Nullable ChannelBase<?> channel() {
    return channel;
  }

  final ChannelBase<?> liveChannel() {
    ChannelBase<?> c = channel;
    if (c == null) {
      throw new AssertionError("a nil case was asked to take part");
    }
    return c;
  }

  /** Takes part without waiting; false if not ready. */
  abstract boolean poll();

  /** False if ready, or if it may be; remembers the stamp for {@link #isStillQuiet}. */
  final boolean isQuiet() {
    stamp = liveChannel().stamp();
    return isQuiet(stamp);
  }

  abstract boolean isQuiet(long stamp);

  final boolean isStillQuiet() {
    return liveChannel().stamp() == stamp;
  }

  /**
   * Becomes visible to peers; false if waiting is not right any more. Then a new waiter may or may
   * not have got as far as the list, and a peer may even have won it: {@link #leaveIfNew} when the
   * claim has ended.
   */
  final boolean enqueue(Claim claim, int epoch) {
    Waiter w = waiter;
    boolean lent = w == null; // if not, it is one that never stands
    if (w == null) {
      w = lend(claim, epoch, index); // Model: Place, Lend
      waiter = w;
      lap = w.lap();
    }
    boolean waits = enqueue(w); // Model: Enqueue, MustWait, Opened
    isNew = lent && !waits;
    return waits;
  }

  final void leaveIfNew() {
    if (isNew) {
      isNew = false;
      leave();
    }
  }

  abstract Waiter lend(Claim claim, int epoch, int index);

  abstract boolean enqueue(Waiter w);

  /** Whether it has a place in the list, and is not ready as long as that has not been buried. */
  final boolean isKept() {
    return waiter != null && isLookedFor();
  }

  /** Whether nobody makes it ready without a look for those that wait. */
  abstract boolean isLookedFor();

  /** Gives up the place in the list, if there is one. The claim is not open. */
  final void leave() {
    Waiter w = waiter;
    if (w != null) {
      waiter = null;
      liveChannel().leave(w, lap);
    }
  }

  /** Takes over what a peer gave to this case. */
  abstract void complete(@Nullable Object result);
}
