package io.channel4j.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A library of channels for threads. The shapes are written once against this interface; a class
 * that implements it and has a constructor without parameters can be measured by its name alone.
 */
public interface Peer {
  /** What a shape may need beyond blocking sends and receives. */
  enum Feature {
    /** Tries that do not wait. */
    TRY,
    /** Close, and receives that learn of it. */
    CLOSE,
    /** A choice between several channels. */
    SELECT
  }

  /** The name in tables. */
  String name();

  /** What this library has. */
  default Set<Feature> features() {
    return EnumSet.noneOf(Feature.class);
  }

  /** Whether this library can run the shape; what it cannot do is "n/a" in the table. */
  default boolean supports(Shape shape) {
    return features().containsAll(shape.kind().needs());
  }

  /** Makes a channel of exactly this capacity, or of the nearest one that the library has. */
  Chan make(int capacity);

  /**
   * Prepares a choice between channels made by this peer. Called by the thread that is going to use
   * it, so what a library pays per select belongs into {@link Selector}'s methods.
   */
  default Selector selector(List<Case> cases) {
    throw new UnsupportedOperationException(name() + " has no select");
  }

  /** What a timer gives: a channel that gets a value in an hour, or one that never gets any. */
  default Chan timer() {
    return make(1);
  }
}
