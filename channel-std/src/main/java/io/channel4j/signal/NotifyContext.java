package io.channel4j.signal;

import io.channel4j.ReceiveChannel;
import io.channel4j.context.CancelCauseContext;
import io.channel4j.context.CancelContext;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A context that a signal ends. Go: {@code signalCtx}. */
final class NotifyContext implements CancelContext {
  /*
   * Go has a goroutine that waits for the signal or the end. Here the delivery starts one.
   */
  private final CancelCauseContext inner;
  private final String name;

  NotifyContext(Context parent, List<Signal> signals, List<Signal> wanted, boolean lenient) {
    inner = Context.withCancelCause(parent);
    String list = signals.stream().map(Signal::toString).collect(Collectors.joining(" "));
    name = "signal.NotifyContext(" + parent + (list.isEmpty() ? "" : ", [" + list + "]") + ")";
    boolean added = false;
    try {
      Handlers.add(
          this,
          s -> Thread.startVirtualThread(() -> inner.cancel(new SignalReceived(s))),
          wanted,
          lenient);
      added = true;
    } finally {
      if (!added) {
        inner.close(); // it is in its parent's list
      }
    }
  }

  @Override
  public void cancel() {
    inner.cancel(null);
    Handlers.remove(this);
  }

  @Override
  public @Nullable Instant deadline() {
    return inner.deadline();
  }

  @Override
  public ReceiveChannel<Void> done() {
    return inner.done();
  }

  @Override
  public @Nullable ContextException err() {
    return inner.err();
  }

  @Override
  public <T> @Nullable T value(Key<T> key) {
    return inner.value(key);
  }

  @Override
  public String toString() {
    return name;
  }
}
