package io.channel4j.benchmarks;

/**
 * A peer's channel as the shapes see it. One process measures one peer, so that there is one class
 * behind this interface and the call costs nothing.
 *
 * <p>Where an answer must be told from a value it is a negative number; values are not negative.
 */
public interface Chan {
  /** The answer of a try that could not go ahead. */
  int NOT_READY = -1;

  /** The answer of a receive from a channel that is closed and drained. */
  int CLOSED = -2;

  /** The library's own object: what takes up memory. */
  Object channel();

  /** Sends a value, waiting as long as it takes. */
  void send(Integer value) throws InterruptedException;

  /** Receives a value, waiting as long as it takes. */
  Integer receive() throws InterruptedException;

  /** Receives a value or {@link #CLOSED}, waiting as long as it takes. Go: one step of a range. */
  default int receiveOrClosed() throws InterruptedException {
    throw new UnsupportedOperationException("no close");
  }

  /** Sends if that is possible at once. */
  default boolean trySend(Integer value) {
    throw new UnsupportedOperationException("no try");
  }

  /** Receives a value or {@link #CLOSED} if that is possible at once, else {@link #NOT_READY}. */
  default int tryReceive() {
    throw new UnsupportedOperationException("no try");
  }

  /** Closes the channel. */
  default void close() {
    throw new UnsupportedOperationException("no close");
  }
}
