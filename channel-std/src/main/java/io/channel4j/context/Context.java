package io.channel4j.context;

import io.channel4j.ReceiveChannel;
import io.channel4j.go.Body;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A context carries a deadline, a cancellation signal and request-scoped values down a tree of
 * calls and goroutines. Go: {@code context.Context}.
 *
 * <pre>{@code
 * try (var ctx = Context.withTimeout(parent, Duration.ofSeconds(3))) { // defer cancel()
 *   go(() -> work(ctx, out));
 *   return Select.<Result>of()
 *       .receive(out, v -> v)
 *       .receive(ctx.done(), () -> { throw ctx.err(); })
 *       .await();
 * }
 * }</pre>
 *
 * <p>Rules, as in Go: pass a context as the first argument, do not keep it in a field, never pass
 * null (use {@link #todo}), and cancel every context that you made. One that nobody cancels stays
 * in its parent's list, and in the timer's, until these end.
 *
 * <p>Contexts are safe for use by any number of threads. A class of your own may implement this
 * interface; the contexts derived from it end when its {@link #done} channel is closed.
 *
 * <p>Go counterpart: package context, src/context/context.go.
 */
public interface Context {

  /** Says that a context was cancelled: Go's {@code context.Canceled}. */
  ContextException CANCELED = new Canceled();

  /** Says that a context's deadline has passed: Go's {@code context.DeadlineExceeded}. */
  ContextException DEADLINE_EXCEEDED = new DeadlineExceeded();

  // ---- what a context is

  /**
   * When this context will end by itself. Go: {@code Deadline()}.
   *
   * @return the deadline, or null if there is none
   */
  @Nullable Instant deadline();

  /**
   * A channel that is closed when this context ends. Go: {@code Done()}.
   *
   * <p>The same channel at every call. The nil channel if this context can never end, so that it
   * may stand in a select all the same.
   *
   * @return the channel; nothing is ever sent on it
   */
  ReceiveChannel<Void> done();

  /**
   * Why this context ended. Go: {@code Err()}.
   *
   * <p>Not null as soon as {@link #done} is closed, and never before.
   *
   * @return null while this context goes on; {@link #DEADLINE_EXCEEDED} or {@link #CANCELED} after
   */
  @Nullable ContextException err();

  /**
   * The value that goes with a key. Go: {@code Value(key)}.
   *
   * @param key the key
   * @param <T> the type of its values
   * @return the value of the nearest {@link #withValue} with that very key, or null
   */
  <T> @Nullable T value(Key<T> key);

  // ---- the roots

  /**
   * The context that never ends, has no values and no deadline: where main, tests and servers
   * start. Go: {@code context.Background()}.
   *
   * @return the one background context; prints as {@code context.Background}
   */
  static Context background() {
    return EmptyContext.BACKGROUND;
  }

  /**
   * As {@link #background}, for where it is not clear yet which context to use. Go: {@code
   * context.TODO()}.
   *
   * @return the one such context; prints as {@code context.TODO}
   */
  static Context todo() {
    return EmptyContext.TODO;
  }

  // ---- derived contexts

  /**
   * Derives a context that ends when it is cancelled or closed, or when its parent ends. Go: {@code
   * context.WithCancel(parent)}.
   *
   * @param parent the context to derive from
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelContext withCancel(Context parent) {
    return new CancelNode.Plain(checkParent(parent));
  }

  /**
   * As {@link #withCancel}, with a cancel function that takes a cause. Go: {@code
   * context.WithCancelCause(parent)}.
   *
   * @param parent the context to derive from
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelCauseContext withCancelCause(Context parent) {
    return new CancelNode.WithCause(checkParent(parent));
  }

  /**
   * Derives a context that ends at a time, or earlier when it is cancelled or closed, or when its
   * parent ends. Go: {@code context.WithDeadline(parent, deadline)}.
   *
   * <p>If the parent's deadline is earlier, this is {@link #withCancel}. A deadline that has passed
   * makes a context that has ended. What counts is how far the deadline is away by the wall clock
   * now: setting that clock later changes nothing.
   *
   * <p>Memory: as {@link CancelContext#cancel}; what happens before this call happens before a
   * receive from {@link #done} that returns because the time has come.
   *
   * @param parent the context to derive from
   * @param deadline when it ends with {@link #DEADLINE_EXCEEDED}
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelContext withDeadline(Context parent, Instant deadline) {
    return DeadlineNode.at(checkParent(parent), deadline, null);
  }

  /**
   * As {@link #withDeadline}, with a cause for when the time has come. Go: {@code
   * context.WithDeadlineCause(parent, deadline, cause)}.
   *
   * @param parent the context to derive from
   * @param deadline when it ends with {@link #DEADLINE_EXCEEDED}
   * @param cause what {@link #cause} gives then; not after a cancel. Null for {@link
   *     #DEADLINE_EXCEEDED}
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelContext withDeadlineCause(
      Context parent, Instant deadline, @Nullable Throwable cause) {
    return DeadlineNode.at(checkParent(parent), deadline, cause);
  }

  /**
   * Derives a context that ends after a time, or earlier when it is cancelled or closed, or when
   * its parent ends. Go: {@code context.WithTimeout(parent, timeout)}.
   *
   * <p>Otherwise as {@link #withDeadline}. Zero and negative timeouts make a context that has
   * ended; huge ones saturate.
   *
   * @param parent the context to derive from
   * @param timeout how long from now it ends with {@link #DEADLINE_EXCEEDED}
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelContext withTimeout(Context parent, Duration timeout) {
    return DeadlineNode.in(checkParent(parent), timeout, null);
  }

  /**
   * As {@link #withTimeout}, with a cause for when the time has come. Go: {@code
   * context.WithTimeoutCause(parent, timeout, cause)}.
   *
   * @param parent the context to derive from
   * @param timeout how long from now it ends with {@link #DEADLINE_EXCEEDED}
   * @param cause what {@link #cause} gives then; not after a cancel. Null for {@link
   *     #DEADLINE_EXCEEDED}
   * @return the context, which is its cancel function too
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static CancelContext withTimeoutCause(
      Context parent, Duration timeout, @Nullable Throwable cause) {
    return DeadlineNode.in(checkParent(parent), timeout, cause);
  }

  /**
   * Derives a context with another value. Go: {@code context.WithValue(parent, key, value)}.
   *
   * <p>For data of one request that crosses layers, not for optional parameters.
   *
   * @param parent the context to derive from
   * @param key the key, whose identity counts
   * @param value the value; null hides a value of the parent
   * @param <T> the type of the key's values
   * @return the context
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   *     or {@code "nil key"}
   */
  static <T> Context withValue(Context parent, Key<T> key, @Nullable T value) {
    return new ValueContext(checkParent(parent), Objects.requireNonNull(key, "nil key"), value);
  }

  /**
   * Derives a context that goes on when its parent ends: the parent's values, and nothing else. Go:
   * {@code context.WithoutCancel(parent)}.
   *
   * @param parent the context to derive from
   * @return the context; without a deadline, with the nil channel as {@link #done}
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static Context withoutCancel(Context parent) {
    return new WithoutCancelContext(checkParent(parent));
  }

  // ---- about contexts

  /**
   * Why a context ended, in the words of whoever ended it first: this context or one that it is
   * derived from. Go: {@code context.Cause(ctx)}.
   *
   * @param ctx the context
   * @return null while the context goes on; else the cause that was given, or else {@link #err}
   */
  static @Nullable Throwable cause(Context ctx) {
    return CancelNode.causeOf(ctx);
  }

  /**
   * Runs a function when a context ends, in a goroutine of its own; at once if it has ended
   * already. Go: {@code context.AfterFunc(ctx, f)}.
   *
   * <p>Each call is independent of others on the same context.
   *
   * <p>Memory: what happens before the context's end happens before f.
   *
   * @param ctx the context
   * @param f what to run; what it throws goes where an uncaught exception of a goroutine goes
   * @return the function that takes this back
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   */
  static StopFunc afterFunc(Context ctx, Body f) {
    return AfterFuncNode.register(checkParent(ctx), Objects.requireNonNull(f, "f"));
  }

  private static Context checkParent(Context parent) {
    return Objects.requireNonNull(parent, "cannot create context from nil parent");
  }

  // ---- the types that go with it

  /**
   * A key of {@link #withValue}. A key is equal to itself only: keep it in a private constant and
   * offer typed methods around it.
   *
   * <pre>{@code
   * private static final Context.Key<User> USER = Context.Key.of("user");
   * }</pre>
   *
   * @param <T> the type of the values
   */
  @SuppressWarnings("UnusedTypeParameter") // it types value and withValue
  final class Key<T> {
    private final String name;

    private Key(String name) {
      this.name = name;
    }

    /**
     * Makes a key, which differs from all other keys.
     *
     * @param name how it prints
     * @param <T> the type of the values
     * @return a new key
     */
    public static <T> Key<T> of(String name) {
      return new Key<>(Objects.requireNonNull(name, "name"));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Takes back an {@link #afterFunc}. Go: {@code stop func() bool}. */
  @FunctionalInterface
  interface StopFunc {
    /**
     * Stops the function from being run, if it is not too late. Does not wait for it to end.
     *
     * @return true if this call stopped it; false if it has been started, or stopped before
     */
    boolean stop();
  }

  /**
   * What a foreign {@link Context} may implement so that contexts can be derived from it without a
   * goroutine each. Go: a context with a method {@code AfterFunc(func()) func() bool}.
   */
  interface AfterFuncer {
    /**
     * Arranges for f to be run once, when this context ends; at once if it has ended. The caller's
     * f does not block, and may be run in any thread.
     *
     * @param f what to run
     * @return the function that takes this back
     */
    StopFunc afterFunc(Runnable f);
  }

  /** The context was cancelled. There is one instance, {@link #CANCELED}. */
  final class Canceled extends ContextException {
    private static final long serialVersionUID = 1L;

    private Canceled() {
      super("context canceled");
    }

    /**
     * There is one instance, also after serialization.
     *
     * @return that instance
     */
    private Object readResolve() {
      return CANCELED;
    }
  }

  /** The context's deadline has passed. There is one instance, {@link #DEADLINE_EXCEEDED}. */
  final class DeadlineExceeded extends ContextException {
    private static final long serialVersionUID = 1L;

    private DeadlineExceeded() {
      super("context deadline exceeded");
    }

    /**
     * There is one instance, also after serialization.
     *
     * @return that instance
     */
    private Object readResolve() {
      return DEADLINE_EXCEEDED;
    }
  }
}
