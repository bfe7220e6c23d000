package io.channel4j.context;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import org.jspecify.annotations.Nullable;

/** The parent's values, and nothing else. Go: {@code withoutCancelCtx}. */
final class WithoutCancelContext extends DerivedContext {

  WithoutCancelContext(Context parent) {
    super(parent);
  }

  @Override
  boolean decidesDeadline() {
    return true;
  }

  @Override
  public ReceiveChannel<Void> done() {
    return Channel.nil();
  }

  @Override
  public @Nullable ContextException err() {
    return null;
  }

  @Override
  <T> @Nullable T ownValue(Key<T> key) {
    return null;
  }

  @Override
  boolean ends(Key<?> key) {
    return key == CancelNode.SELF; // so that its cause is not that of an ancestor
  }

  @Override
  String suffix() {
    return ".WithoutCancel";
  }
}
