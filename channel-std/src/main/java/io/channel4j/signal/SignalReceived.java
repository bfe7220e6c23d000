package io.channel4j.signal;

import io.channel4j.context.Context;

/**
 * The cause of a {@link Signals#notifyContext} that a signal has ended. Its own cause is {@link
 * Context#CANCELED}.
 *
 * <p>Go counterpart: {@code signalError}, src/os/signal/signal.go.
 */
public final class SignalReceived extends Exception {
  private static final long serialVersionUID = 1L;

  /** The signal that came. */
  private final Signal signal;

  SignalReceived(Signal signal) {
    super(signal + " signal received", Context.CANCELED);
    this.signal = signal;
  }

  /**
   * The signal that came.
   *
   * @return the signal
   */
  public Signal signal() {
    return signal;
  }
}
