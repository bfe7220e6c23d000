package io.channel4j.benchmarks;

/**
 * A library of channels for threads. The shapes are written once against this interface; a class
 * that implements it and has a constructor without parameters can be measured by its name alone.
 */
public interface Peer {
  /** The name in tables. */
  String name();

  /** Makes a channel of exactly this capacity, or of the nearest one that the library has. */
  Chan make(int capacity);

  /** Whether this library can run the shape; what it cannot do is "n/a" in the table. */
  default boolean supports(Shape shape) {
    return shape.kind() != Shape.Kind.SELECT;
  }

  /**
   * Prepares a choice between channels made by this peer. Called by the thread that is going to use
   * it, so what a library pays per select belongs into {@link Selector#receive}.
   */
  default Selector selector(Chan[] channels) {
    throw new UnsupportedOperationException(name() + " has no select");
  }
}
