package io.channel4j.select;

import io.channel4j.ReceiveChannel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Claim;
import io.channel4j.internal.Waiter;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A receive case of a {@link SelectLoop}. Go: {@code case v, ok := <-ch}.
 *
 * <p>Interruption and memory effects are those of {@link ReceiveChannel#receive}.
 *
 * @param <T> the element type
 */
public final class ReceiveCase<T extends @Nullable Object> extends SelectCase {

  /** Encoded; null before the case was first chosen. */
  private @Nullable Object result;

  /** Whose zero value goes with a result that says closed. */
  private @Nullable ChannelBase<?> from;

  ReceiveCase(Selector selector, int index, @Nullable ReceiveChannel<? extends T> channel) {
    super(selector, index, channel);
  }

  /**
   * What was received when this case was last chosen.
   *
   * @return the value, or the channel's zero value if it was closed and drained
   * @throws IllegalStateException if this case was never chosen
   */
  @NullUnmarked // null only where null is sent, or no zero value was given
  @SuppressWarnings("unchecked") // the channel's elements are of type T
  public T value() {
    return (T) chosenFrom().decode(result);
  }

  /**
   * Whether {@link #value} was sent, as against the zero value of a closed channel.
   *
   * @return {@code false} if the channel was closed and drained
   * @throws IllegalStateException if this case was never chosen
   */
  public boolean ok() {
    ChannelBase<?> unused = chosenFrom();
    return result != ChannelBase.CLOSED;
  }

  private ChannelBase<?> chosenFrom() {
    ChannelBase<?> c = from;
    if (c == null) {
      throw new IllegalStateException(
          "case " + index() + " was not chosen yet: ask only the case that await returned");
    }
    return c;
  }

  /**
   * Receives from another channel from now on. Go: the assignment {@code ch = other} between
   * rounds.
   *
   * @param other the channel; null or the nil channel disables the case
   * @throws IllegalStateException if another thread is using the loop
   */
  public void channel(@Nullable ReceiveChannel<? extends T> other) {
    setChannel(other);
  }

  @Override
  boolean poll() {
    Object r = liveChannel().poll(false);
    if (r == ChannelBase.NOT_READY) {
      return false;
    }
    complete(r);
    return true;
  }

  @Override
  boolean isQuiet(long stamp) {
    return liveChannel().isQuietToReceive(stamp);
  }

  @Override
  Waiter lend(Claim claim, int epoch, int index) {
    return liveChannel().lendReceiver(claim, epoch, index);
  }

  @Override
  boolean enqueue(Waiter w) {
    return liveChannel().enqueueReceiver(w);
  }

  @Override
  boolean isLookedFor() {
    return liveChannel().looksForReceivers();
  }

  @Override
  void complete(@Nullable Object r) {
    result = r;
    from = liveChannel();
  }
}
