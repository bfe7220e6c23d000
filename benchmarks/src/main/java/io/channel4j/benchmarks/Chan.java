package io.channel4j.benchmarks;

/**
 * A peer's channel as the shapes see it. One process measures one peer, so that there is one class
 * behind this interface and the call costs nothing.
 */
public interface Chan {
  /** Sends a value, waiting as long as it takes. */
  void send(Integer value) throws InterruptedException;

  /** Receives a value, waiting as long as it takes. */
  Integer receive() throws InterruptedException;
}
