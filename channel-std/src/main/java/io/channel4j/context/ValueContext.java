package io.channel4j.context;

import io.channel4j.ReceiveChannel;
import org.jspecify.annotations.Nullable;

/** A context with one more value. Go: {@code valueCtx}. */
final class ValueContext extends DerivedContext {

  /** The nearest ancestor that is more than a value. */
  private final Context carrier;

  private final Key<?> key;
  private final @Nullable Object value;

  ValueContext(Context parent, Key<?> key, @Nullable Object value) {
    super(parent);
    this.carrier = parent instanceof ValueContext v ? v.carrier : parent;
    this.key = key;
    this.value = value;
  }

  @Override
  public ReceiveChannel<Void> done() {
    return carrier.done();
  }

  @Override
  public @Nullable ContextException err() {
    return carrier.err();
  }

  @Override
  @SuppressWarnings("unchecked") // withValue took them together
  <T> @Nullable T ownValue(Key<T> wanted) {
    return (T) value;
  }

  @Override
  boolean ends(Key<?> wanted) {
    return wanted == key;
  }

  @Override
  String suffix() {
    return ".WithValue(" + key + ", " + value + ")";
  }
}
