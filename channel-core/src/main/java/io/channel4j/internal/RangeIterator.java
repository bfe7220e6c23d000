package io.channel4j.internal;

import io.channel4j.ReceiveChannel;
import io.channel4j.Received;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Go's {@code range} over a channel as an iterator. One thread uses it. */
final class RangeIterator<T extends @Nullable Object> implements Iterator<T> {
  private final ReceiveChannel<T> channel;

  /** Received and not handed out yet; one that is not ok ends the iteration for good. */
  private @Nullable Received<T> ahead;

  RangeIterator(ReceiveChannel<T> channel) {
    this.channel = channel;
  }

  @Override
  public boolean hasNext() {
    return lookAhead().ok();
  }

  @Override
  @SuppressWarnings("NullAway") // an element of type T may be null only where T allows it
  public T next() {
    Received<T> r = lookAhead();
    if (!r.ok()) {
      throw new NoSuchElementException("the channel is closed and drained");
    }
    ahead = null;
    return r.value();
  }

  private Received<T> lookAhead() {
    Received<T> r = ahead;
    if (r == null) {
      try {
        ahead = r = channel.receiveOk();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException c = new CancellationException("interrupted while receiving");
        c.initCause(e);
        throw c;
      }
    }
    return r;
  }
}
