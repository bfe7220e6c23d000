package io.channel4j.context;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Never ends, has no values: the roots. Go: {@code emptyCtx}. */
enum EmptyContext implements Context {
  BACKGROUND("context.Background"),
  TODO("context.TODO");

  private final String text;

  EmptyContext(String text) {
    this.text = text;
  }

  @Override
  public @Nullable Instant deadline() {
    return null;
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
  public <T> @Nullable T value(Key<T> key) {
    return null;
  }

  @Override
  public String toString() {
    return text;
  }
}
