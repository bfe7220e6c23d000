package io.channel4j.sync;

import java.util.Objects;

/**
 * A function that runs another one only once. Use {@code once::run} where a {@link Runnable} is
 * wanted.
 *
 * <p>If the function fails, every call throws what it threw, the same object. After the first call
 * the function is not held any more.
 *
 * <p>Waiting, interruption, recursion and memory effects are those of {@link Once}.
 *
 * <p>Go counterpart: {@code sync.OnceFunc}, src/sync/oncefunc.go.
 */
public final class OnceFunc {

  private final OnceValue<Object> value;

  /**
   * Makes the function. Go: {@code sync.OnceFunc(f)}.
   *
   * @param f what to run once
   */
  public OnceFunc(Once.Action<? extends Exception> f) {
    Objects.requireNonNull(f, "f");
    this.value =
        new OnceValue<>(
            () -> {
              f.run();
              return this;
            });
  }

  /**
   * Runs the function if nobody has, and otherwise waits until it is over.
   *
   * @param <X> the checked exception that the function may throw; none if left out
   * @throws X what the function threw, in every call
   */
  public <X extends Exception> void run() throws X {
    Object unused = value.<X>get();
  }
}
