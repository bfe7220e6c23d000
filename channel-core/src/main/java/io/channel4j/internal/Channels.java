package io.channel4j.internal;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import org.jspecify.annotations.Nullable;

/** Chooses the flavor of a new channel. */
public final class Channels {
  private static final int MAX_CAPACITY = 1 << 30;

  private Channels() {}

  public static <T extends @Nullable Object> Channel<T> make(int capacity, @Nullable T zero) {
    if (capacity < 0 || capacity > MAX_CAPACITY) {
      throw new ChannelPanic.SizeOutOfRange();
    }
    return capacity == 0 ? new UnbufferedChannel<>(zero) : new BufferedChannel<>(capacity, zero);
  }

  @SuppressWarnings("unchecked") // never holds an element
  public static <T extends @Nullable Object> Channel<T> nil() {
    return (Channel<T>) NilChannel.INSTANCE;
  }
}
