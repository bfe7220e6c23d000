package io.channel4j.context;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A context of this package that was derived from another one. */
abstract sealed class DerivedContext implements Context
    permits CancelNode, ValueContext, WithoutCancelContext {
  /*
   * Chains of contexts may be long, so nothing here recurses along them: values, deadlines and names
   * are looked up in loops, and done and err ask the nearest ancestor that knows.
   */
  final Context parent;

  DerivedContext(Context parent) {
    this.parent = parent;
  }

  /** This context's own value of a key. */
  abstract <T> @Nullable T ownValue(Key<T> key);

  /** Whether the parents are not to be asked. */
  abstract boolean ends(Key<?> key);

  /** What this context adds to its parent's name. */
  abstract String suffix();

  /** Whether the parents' deadlines do not count. */
  boolean decidesDeadline() {
    return false;
  }

  @Nullable Instant ownDeadline() {
    return null;
  }

  @Override
  public final @Nullable Instant deadline() {
    for (Context c = this; ; ) {
      if (!(c instanceof DerivedContext d)) {
        return c.deadline();
      }
      if (d.decidesDeadline()) {
        return d.ownDeadline();
      }
      c = d.parent;
    }
  }

  @Override
  public final <T> @Nullable T value(Key<T> key) {
    for (Context c = this; ; ) {
      if (!(c instanceof DerivedContext d)) {
        return c.value(key);
      }
      if (d.ends(key)) {
        return d.ownValue(key);
      }
      c = d.parent;
    }
  }

  @Override
  public final String toString() {
    List<DerivedContext> chain = new ArrayList<>();
    Context c = this;
    while (c instanceof DerivedContext d) {
      chain.add(d);
      c = d.parent;
    }
    StringBuilder name = new StringBuilder(String.valueOf(c));
    for (DerivedContext d : chain.reversed()) {
      name.append(d.suffix());
    }
    return name.toString();
  }
}
