package io.channel4j.benchmarks;

/** Whatever can run whole shapes in this process: a {@link Peer} on virtual threads, or Kotlin. */
public interface Contender {

  /** What threads wait for in {@link #park}. */
  enum Wait {
    /** For nothing: what a parked thread costs without any channel. */
    BARE,
    /** In a receive; all on one channel. */
    RECEIVE,
    /** In a select of two channels; all on the same two. */
    SELECT
  }

  /** Whether this contender can run the shape. */
  boolean supports(Shape shape);

  /**
   * Runs one batch of the shape and checks its result.
   *
   * @return nanoseconds from before the first thread was started until after the last one ended
   * @throws IllegalStateException if values were lost, doubled or changed
   */
  long run(Shape shape) throws Exception;

  /** Makes one channel, as the library itself makes it. */
  Object channel(int capacity);

  /** Whether threads can wait in this way. */
  boolean supports(Wait wait);

  /**
   * Starts threads that wait for ever, and returns when all are about to.
   *
   * @return what they wait at; keep it, or they may be collected
   */
  Object park(int count, Wait wait) throws Exception;
}
