package io.channel4j.sync;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed only once, when it is first asked for. Use {@code once::get} where a
 * {@link java.util.function.Supplier} is wanted.
 *
 * <pre>{@code
 * private final OnceValue<Config> config = new OnceValue<>(() -> Config.read(path));
 *
 * Config config() throws IOException {
 *   return config.<IOException>get();
 * }
 * }</pre>
 *
 * <p>If the computation fails, every call throws what it threw, the same object. After the first
 * call the function is not held any more.
 *
 * <p>Waiting, interruption, recursion and memory effects are those of {@link Once}.
 *
 * <p>Go counterpart: {@code sync.OnceValue}, src/sync/oncefunc.go.
 *
 * @param <T> the type of the value
 */
public final class OnceValue<T extends @Nullable Object> {

  private final Once once = new Once();

  // Written by the action of once, and read after it.
  private @Nullable Callable<? extends T> f;
  private @Nullable T result;
  private @Nullable Throwable thrown;

  /**
   * Makes the function. Go: {@code sync.OnceValue(f)}.
   *
   * @param f computes the value, once
   */
  public OnceValue(Callable<? extends T> f) {
    this.f = Objects.requireNonNull(f, "f");
  }

  /**
   * Computes the value if nobody has, and otherwise waits until it is computed.
   *
   * <p>A checked exception that the caller wants to catch by name is declared by the type argument:
   * {@code config.<IOException>get()}.
   *
   * @param <X> the checked exception that the function may throw; none if left out
   * @return the value, the same object in every call
   * @throws X what the function threw, in every call
   */
  @NullUnmarked // null only where the function gives null
  public <X extends Exception> T get() throws X {
    if (!once.isDone()) {
      once.doIt(this::compute);
    }
    if (thrown != null) {
      OnceValue.<RuntimeException>sneak(thrown);
    }
    return result;
  }

  private void compute() {
    Callable<? extends T> function = Objects.requireNonNull(f);
    try {
      result = function.call();
    } catch (Throwable t) {
      thrown = t;
    } finally {
      f = null;
    }
  }

  @SuppressWarnings({"unchecked", "DoNotCallSuggester"})
  static <X extends Throwable> void sneak(Throwable t) throws X {
    throw (X) t;
  }
}
