package io.channel4j.context;

import org.jspecify.annotations.Nullable;

/**
 * A context with its cancel function, which takes a cause: the {@code ctx, cancel} pair of Go's
 * {@code WithCancelCause}.
 */
public interface CancelCauseContext extends Context, AutoCloseable {

  /**
   * Cancels this context and all contexts derived from it, and says why. Go: {@code cancel(cause)}.
   *
   * <p>{@link #err} becomes {@link Context#CANCELED} and {@link Context#cause} gives the cause,
   * here and in all derived contexts that had not ended before. Otherwise as {@link
   * CancelContext#cancel}; in particular the first cause wins.
   *
   * <p>Go counterpart: {@code context.CancelCauseFunc}, src/context/context.go.
   *
   * @param cause why; null makes the cause {@link Context#CANCELED}
   */
  void cancel(@Nullable Throwable cause);

  /** Is {@link #cancel cancel(null)}. */
  @Override
  default void close() {
    cancel(null);
  }
}
