package io.channel4j.select;

import io.channel4j.ChannelPanic;
import io.channel4j.SendChannel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.Claim;
import io.channel4j.internal.Waiter;
import org.jspecify.annotations.Nullable;

/**
 * A send case of a {@link SelectLoop}. Go: {@code case ch <- v}.
 *
 * <p>Interruption and memory effects are those of {@link SendChannel#send}.
 *
 * @param <T> the element type
 */
public final class SendCase<T extends @Nullable Object> extends SelectCase {

  private Object element;

  SendCase(
      Selector selector, int index, @Nullable SendChannel<? super T> channel, @Nullable T value) {
    super(selector, index, channel);
    this.element = ChannelBase.encode(value);
  }

  /**
   * Sets the value to send in the rounds to come. Go evaluates it in every round; so set it before
   * every round in which it differs.
   *
   * @param value the element; {@code null} is an element like any other
   * @return this case
   * @throws IllegalStateException if another thread is using the loop
   */
  public SendCase<T> value(T value) {
    selector().enter();
    Object e = ChannelBase.encode(value);
    if (e != element) {
      element = e;
      selector().leave(this); // its place has the old one
    }
    selector().exit();
    return this;
  }

  /**
   * Sends to another channel from now on. Go: the assignment {@code ch = other} between rounds.
   *
   * @param other the channel; null or the nil channel disables the case
   * @throws IllegalStateException if another thread is using the loop
   */
  public void channel(@Nullable SendChannel<? super T> other) {
    setChannel(other);
  }

  @Override
  boolean poll() {
    return liveChannel().offer(element, false);
  }

  @Override
  boolean isQuiet(long stamp) {
    return liveChannel().isQuietToSend(stamp);
  }

  @Override
  Waiter lend(Claim claim, int epoch, int index) {
    return liveChannel().lendSender(claim, epoch, index, element);
  }

  @Override
  boolean enqueue(Waiter w) {
    return liveChannel().enqueueSender(w);
  }

  @Override
  boolean isLookedFor() {
    return liveChannel().looksForSenders();
  }

  @Override
  void complete(@Nullable Object result) {
    if (result == ChannelBase.CLOSED) {
      throw new ChannelPanic.SendOnClosed();
    }
  }
}
