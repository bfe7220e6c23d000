package io.channel4j.benchmarks;

/** Whatever can run whole shapes in this process: a {@link Peer} on virtual threads, or Kotlin. */
public interface Contender {
  /** Whether this contender can run the shape. */
  boolean supports(Shape shape);

  /**
   * Runs one batch of the shape and checks its result.
   *
   * @return nanoseconds from before the first thread was started until after the last one ended
   * @throws IllegalStateException if values were lost, doubled or changed
   */
  long run(Shape shape) throws Exception;
}
