package io.channel4j.benchmarks;

/** One shape by one contender in this process, for JMH. */
public final class ShapeTrial {
  private final Contender contender;
  private final Shape shape;

  /**
   * @throws IllegalArgumentException if there is no such shape, or the contender cannot run it
   */
  public ShapeTrial(String peer, String shape) throws ReflectiveOperationException {
    this.contender = Contenders.make(peer);
    this.shape = Shapes.named(shape);
    if (!contender.supports(this.shape)) {
      throw new IllegalArgumentException(peer + " cannot run " + shape);
    }
  }

  /** Runs a batch; gives the number of operations in it. */
  public long run() throws Exception {
    long unused = contender.run(shape);
    return shape.operations();
  }
}
