package io.channel4j.benchmarks;

/** A standing choice between the channels that it was made with; used by one thread only. */
@FunctionalInterface
public interface Selector {
  /** Receives from whichever channel has a value. */
  Integer receive() throws InterruptedException;
}
