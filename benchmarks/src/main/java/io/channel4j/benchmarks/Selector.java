package io.channel4j.benchmarks;

/** A standing choice between the cases that it was made with; used by one thread only. */
public interface Selector {
  /**
   * Lets one case go ahead.
   *
   * @return its number, or {@link Chan#CLOSED} from a library that does not say which one was
   *     closed
   */
  int await() throws InterruptedException;

  /** The same where all cases receive and none is closed: gives the value. */
  Integer receive() throws InterruptedException;
}
