package io.channel4j.sync;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Two values that are computed together, only once. For a value and an error {@link OnceValue} is
 * enough, since it throws.
 *
 * <p>If the computation fails, every call throws what it threw, the same object. After the first
 * call the function is not held any more.
 *
 * <p>Waiting, interruption, recursion and memory effects are those of {@link Once}.
 *
 * <p>Go counterpart: {@code sync.OnceValues}, src/sync/oncefunc.go.
 *
 * @param <A> the type of the first value
 * @param <B> the type of the second value
 */
public final class OnceValues<A extends @Nullable Object, B extends @Nullable Object> {

  private final OnceValue<Values<A, B>> values;

  /**
   * Makes the function. Go: {@code sync.OnceValues(f)}.
   *
   * @param f computes the values, once
   */
  public OnceValues(Callable<Values<A, B>> f) {
    this.values = new OnceValue<>(f);
  }

  /**
   * Two values.
   *
   * @param first the first
   * @param second the second
   * @param <A> the type of the first value
   * @param <B> the type of the second value
   */
  public record Values<A extends @Nullable Object, B extends @Nullable Object>(A first, B second) {}

  /**
   * Computes the values if nobody has, and otherwise waits until they are computed.
   *
   * @param <X> the checked exception that the function may throw; none if left out
   * @return the values, the same object in every call
   * @throws X what the function threw, in every call
   */
  public <X extends Exception> Values<A, B> get() throws X {
    return values.<X>get();
  }
}
