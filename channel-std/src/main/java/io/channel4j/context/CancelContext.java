package io.channel4j.context;

/**
 * A context with its cancel function: the {@code ctx, cancel} pair of Go's {@code WithCancel},
 * {@code WithDeadline} and {@code WithTimeout}.
 *
 * <p>{@code try (var ctx = Context.withCancel(parent)) { … }} is Go's {@code defer cancel()}.
 */
public interface CancelContext extends Context, AutoCloseable {

  /**
   * Cancels this context and all contexts derived from it. Go: {@code cancel()}.
   *
   * <p>{@link #err} and the cause become {@link Context#CANCELED}, {@link #done} is closed, then
   * the derived contexts are cancelled; when the call returns, all of them are. Does nothing if
   * this context has ended already. May be called by several threads at once. Does not wait for the
   * work to stop, and does not look at the interrupt status.
   *
   * <p>Memory: what happens before a cancel happens before a receive from {@link #done} that
   * returns because of it, and before an {@link #err} that is not null because of it.
   *
   * <p>Go counterpart: {@code context.CancelFunc}, src/context/context.go.
   */
  void cancel();

  /** Is {@link #cancel}. */
  @Override
  default void close() {
    cancel();
  }
}
