package io.channel4j.sync;

import io.channel4j.Channel;
import io.channel4j.context.CancelCauseContext;
import io.channel4j.context.CancelContext;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import io.channel4j.go.Body;
import io.channel4j.go.Go;
import io.channel4j.go.Goroutine;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of one job that fail together: waits for all, gives the first failure, and cancels a
 * context at that moment so that the others can stop.
 *
 * <pre>{@code
 * try (var ctx = Context.withTimeout(parent, Duration.ofSeconds(3));
 *     var group = new ErrGroup(ctx)) {
 *   group.go(() -> serve(app, ctx));
 *   group.go(() -> serve(debug, ctx));
 *   group.await(); // first failure cancels ctx, all have ended, first failure thrown
 * }
 * }</pre>
 *
 * <p>Whatever a task throws is its failure, {@link Error} and {@link InterruptedException}
 * included; it does not reach the panic handler of the program, since the group's owner gets it.
 * (In Go a panic in a task kills the process.) Later failures are {@linkplain
 * Throwable#addSuppressed suppressed} in the first; {@link #failures} has them all.
 *
 * <p>Memory: what a task did happens before the return of an await that waited for it; what happens
 * before {@link #go} happens before what the task does.
 *
 * <p>Go counterpart: {@code errgroup.Group}, golang.org/x/sync/errgroup.
 */
public final class ErrGroup implements AutoCloseable {
  /*
   * A task's failure is recorded before its context is cancelled, and both before the task counts as
   * done: whoever has waited sees it, and the failures that follow from the cancel are not the first.
   */
  private final WaitGroup tasks = new WaitGroup();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

  private final Context context;
  private final Consumer<@Nullable Throwable> cancel;

  /** Whether the context is the group's own, which then ends with the wait as well. */
  private final boolean derived;

  /** A slot for each task that may run, taken by it; null without a limit. */
  private volatile @Nullable Channel<@Nullable Void> slots;

  /** Whether nothing was started since an await that has seen all end. */
  private volatile boolean awaited = true;

  /** Whether an await has thrown the failure. */
  private volatile boolean delivered;

  /** Set by a close that does not wait for results: cancellation is no failure any more. */
  private volatile boolean abandoned;

  /** A group without a context: a failure stops nobody. Go: {@code new(errgroup.Group)}. */
  public ErrGroup() {
    this(Context.background(), cause -> {}, false);
  }

  /**
   * A group that cancels a context when a task fails, and only then or when it is abandoned.
   *
   * @param context what the tasks work under; its cause will be {@link Context#CANCELED}
   */
  public ErrGroup(CancelContext context) {
    this(Objects.requireNonNull(context, "context"), cause -> context.cancel(), false);
  }

  /**
   * A group that cancels a context when a task fails, with the failure as the cause, and only then
   * or when it is abandoned.
   *
   * @param context what the tasks work under
   */
  public ErrGroup(CancelCauseContext context) {
    this(Objects.requireNonNull(context, "context"), context::cancel, false);
  }

  private ErrGroup(Context context, Consumer<@Nullable Throwable> cancel, boolean derived) {
    this.context = context;
    this.cancel = cancel;
    this.derived = derived;
  }

  /**
   * A group with a {@link #context} of its own, derived from another one. It is cancelled when a
   * task fails, with the failure as the cause, or when an await has seen all end. Go: {@code
   * errgroup.WithContext(parent)}.
   *
   * @param parent the context to derive from
   * @return the group
   */
  public static ErrGroup withContext(Context parent) {
    CancelCauseContext ctx = Context.withCancelCause(parent);
    return new ErrGroup(ctx, ctx::cancel, true);
  }

  /**
   * What the tasks work under.
   *
   * @return the context that the group cancels; {@link Context#background} if there is none
   */
  public Context context() {
    return context;
  }

  /**
   * Bounds how many tasks may run at a time. Go: {@code g.SetLimit(n)}.
   *
   * @param n the bound; 0 lets no task start any more, and a negative number removes the bound
   * @throws IllegalStateException if tasks run under the limit so far, with a message like {@code
   *     "errgroup: modify limit while 3 goroutines in the group are still active"}
   */
  public void setLimit(int n) {
    Channel<@Nullable Void> s = slots;
    int active = s == null ? 0 : s.len();
    if (active != 0) {
      throw new IllegalStateException(
          "errgroup: modify limit while " + active + " goroutines in the group are still active");
    }
    slots = n < 0 ? null : Channel.<@Nullable Void>make(n);
  }

  /**
   * Starts a task in a new goroutine; at the limit, waits until another one has ended. Go: {@code
   * g.Go(f)}.
   *
   * <p>Interruption: only the wait at the limit can be interrupted. If the thread is interrupted on
   * entry or while it waits there, the call throws and the task is not started.
   *
   * @param task what to do; the first that fails cancels the context
   * @throws InterruptedException if interrupted at the limit
   */
  public void go(Body task) throws InterruptedException {
    Objects.requireNonNull(task, "task");
    Channel<@Nullable Void> s = slots;
    if (s != null) {
      s.send(null);
    }
    start(task, s);
  }

  /**
   * Starts a task in a new goroutine unless that would exceed the limit. Go: {@code g.TryGo(f)}.
   *
   * <p>Does not wait and does not look at the interrupt status.
   *
   * @param task what to do; the first that fails cancels the context
   * @return whether the task was started
   */
  public boolean tryGo(Body task) {
    Objects.requireNonNull(task, "task");
    Channel<@Nullable Void> s = slots;
    if (s != null && !s.trySend(null)) {
      return false;
    }
    start(task, s);
    return true;
  }

  private void start(Body task, @Nullable Channel<@Nullable Void> slot) {
    awaited = false;
    tasks.add(1);
    boolean running = false;
    try {
      Goroutine unused = Go.go(() -> run(task, slot));
      running = true;
    } finally {
      if (!running) { // no memory for a thread
        end(slot);
      }
    }
  }

  private void run(Body task, @Nullable Channel<@Nullable Void> slot) {
    try {
      task.run();
    } catch (Throwable t) {
      failed(t);
    } finally {
      end(slot);
    }
  }

  private void end(@Nullable Channel<@Nullable Void> slot) {
    if (slot != null) {
      var unused = slot.tryReceive(); // this task's own, or another's who takes this one's
    }
    tasks.done();
  }

  @SuppressWarnings("ReferenceEquality") // a Throwable must not be suppressed in itself
  private void failed(Throwable t) {
    if (abandoned && (t instanceof ContextException || t instanceof InterruptedException)) {
      return; // that is what close has asked for
    }
    failures.add(t);
    Throwable f = first.compareAndExchange(null, t);
    if (f == null) {
      cancel.accept(t);
    } else if (f != t) {
      f.addSuppressed(t);
    }
  }

  /**
   * Waits until all tasks have ended, and throws the first failure. Go: {@code g.Wait()}.
   *
   * <p>The failure is thrown as it is, with the stack of the task. A checked exception that the
   * caller wants to catch by name is declared by the type argument: {@code
   * group.<IOException>await()}. Every later await throws it again; the group may be used on.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws, and
   * the tasks go on.
   *
   * @param <X> the checked exception that the tasks may throw; none if left out
   * @throws InterruptedException if interrupted before all tasks had ended
   * @throws X what the first task that failed threw
   */
  public <X extends Exception> void await() throws InterruptedException, X {
    tasks.await();
    awaited = true;
    Throwable f = first.get();
    if (derived) {
      cancel.accept(f);
    }
    if (f != null) {
      delivered = true;
      OnceValue.<RuntimeException>sneak(f);
    }
  }

  /**
   * All failures so far, in the order in which they happened.
   *
   * @return an unmodifiable copy
   */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  /**
   * Waits until all tasks have ended. Does nothing else after an {@link #await} that came to its
   * end.
   *
   * <p>Otherwise the block is left early, because of an exception or without an await. The context
   * is cancelled then, so that tasks that heed it stop; that they were cancelled is no failure of
   * theirs. A failure that no await has thrown is thrown here; in a {@code try} that ends by an
   * exception, it will be suppressed in that one. Except in a {@link ContextException}, which takes
   * no suppressed exceptions: where the block itself may end by one because a task has failed, as
   * by {@code sem.acquire(ctx, 1)}, catch it and let {@link #await} tell why.
   *
   * <p>Interruption: does not end the wait; the interrupt status stays set.
   */
  @Override
  public void close() {
    if (!awaited) {
      abandoned = true;
      cancel.accept(null);
    } else if (derived) {
      cancel.accept(first.get());
    }
    boolean interrupted = false;
    for (boolean waiting = true; waiting; ) {
      try {
        tasks.await();
        waiting = false;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Throwable f = first.get();
    if (f != null && !delivered) {
      delivered = true;
      OnceValue.<RuntimeException>sneak(f);
    }
  }
}
