package io.channel4j.go;

import io.channel4j.internal.Gate;
import io.channel4j.internal.Parker;
import io.channel4j.internal.WaitReason;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A handle on a goroutine: a thread, with a number, a name and the place where it was created. Go
 * hands out none; one need not keep it.
 *
 * <p>Ids begin at 1, increase in the order of creation and are not used again while the JVM runs.
 */
public final class Goroutine {
  /*
   * A thread finds its goroutine through its uncaught exception handler, a field that every thread
   * has. A thread local or a table would cost each goroutine more than the goroutine itself.
   *
   * end:  null -> Gate    the first who joins
   *       null -> ENDED   the goroutine, last of all
   *       Gate -> ENDED   the goroutine, and then it opens the gate
   */
  private static final AtomicLong ids = new AtomicLong();
  private static final Gate ENDED = new Gate();

  static {
    ENDED.open();
  }

  private final long id = ids.incrementAndGet();
  private final @Nullable String name;
  private final Program program;
  private final CreatedBy createdBy;
  private final Thread thread;
  private final AtomicReference<@Nullable Gate> end = new AtomicReference<>();

  private Goroutine(
      Program program,
      @Nullable String name,
      Body body,
      ThreadFactory factory,
      CreatedBy createdBy) {
    this.name = name;
    this.program = program;
    this.createdBy = createdBy;
    var task = new Task(this, body);
    Thread t =
        Objects.requireNonNull(
            factory.newThread(task), "the program's thread factory made no thread");
    if (!t.isVirtual()) {
      t.setDaemon(true); // a goroutine does not keep the program alive
    }
    if (name != null) {
      t.setName(name);
    }
    t.setUncaughtExceptionHandler(task);
    this.thread = t;
  }

  static Goroutine unstarted(
      Program program, @Nullable String name, Body body, ThreadFactory factory) {
    Objects.requireNonNull(body, "body");
    return new Goroutine(program, name, body, factory, CreatedBy.here(current()));
  }

  static Goroutine unstartedMain(Program program, Body body, ThreadFactory factory) {
    return new Goroutine(program, null, body, factory, CreatedBy.NOBODY);
  }

  /** What the thread runs, and by which it is known. */
  private static final class Task implements Runnable, UncaughtExceptionHandler {
    private final Goroutine goroutine;
    private @Nullable Body body; // taken when it runs: what it has captured is free after that

    Task(Goroutine goroutine, Body body) {
      this.goroutine = goroutine;
      this.body = body;
    }

    @Override
    public void run() {
      Body b = body;
      if (b == null || !Thread.currentThread().equals(goroutine.thread)) {
        throw new IllegalStateException(
            "the program's thread factory must make a thread that runs its task, once");
      }
      body = null;
      try {
        b.run();
      } catch (Throwable t) {
        goroutine.program.uncaught(goroutine, t);
      } finally {
        goroutine.end();
      }
    }

    @Override
    public void uncaughtException(Thread t, Throwable e) {
      // Only what happens outside the body: the factory's own code, or the policy itself.
      t.getThreadGroup().uncaughtException(t, e);
    }
  }

  private void end() {
    program.ended(this);
    Gate gate = end.getAndSet(ENDED);
    if (gate != null) {
      gate.open();
    }
  }

  /**
   * The goroutine that the calling thread is.
   *
   * @return the goroutine; null in a thread that {@code go} has not started, and in one whose
   *     {@linkplain Thread#setUncaughtExceptionHandler uncaught exception handler} was replaced
   */
  public static @Nullable Goroutine current() {
    return of(Thread.currentThread());
  }

  /**
   * The goroutine that a thread is.
   *
   * @param thread any thread
   * @return the goroutine; null as in {@link #current}, and after the thread has ended
   */
  public static @Nullable Goroutine of(Thread thread) {
    return thread.getUncaughtExceptionHandler() instanceof Task task ? task.goroutine : null;
  }

  /**
   * Go's goroutine number.
   *
   * @return 1 or more, larger than those of all goroutines created before
   */
  public long id() {
    return id;
  }

  /**
   * The name that was given to {@code go}.
   *
   * @return the name, or null
   */
  public @Nullable String name() {
    return name;
  }

  /**
   * The program it belongs to, which decides what happens when it panics.
   *
   * @return the program
   */
  public Program program() {
    return program;
  }

  /**
   * Where it was created.
   *
   * @return who executed the {@code go} statement, and where
   */
  public CreatedBy createdBy() {
    return createdBy;
  }

  /**
   * The thread that it is, to interrupt it for instance.
   *
   * @return a virtual thread, or what the program's thread factory made
   */
  public Thread thread() {
    return thread;
  }

  /**
   * What it does at the moment, in the words of Go's goroutine dumps: {@code "running"} (also if it
   * waits for a processor), {@code "dead"}, or what it waits for: {@code "chan receive"}, {@code
   * "select"}, {@code "sync.WaitGroup.Wait"} and so on. What waits elsewhere than in this library,
   * in a lock or in {@code Thread.sleep}, is {@code "waiting"}.
   *
   * <p>Go counterpart: {@code waitReason}, src/runtime/runtime2.go.
   *
   * @return the state, which may be another one a moment later
   */
  public String state() {
    return switch (thread.getState()) {
      case NEW, RUNNABLE -> "running";
      case TERMINATED -> "dead";
      case BLOCKED, WAITING, TIMED_WAITING -> {
        Object blocker = LockSupport.getBlocker(thread);
        yield blocker instanceof WaitReason ? blocker.toString() : "waiting";
      }
    };
  }

  /**
   * Waits until it has ended: its body has, and if that panicked, the program's handler has, too.
   * Go has no such thing; a WaitGroup or a channel is what Go programs use.
   *
   * <p>Does not tell how it ended. Interruption: if the thread is interrupted on entry or while it
   * waits, the call throws.
   *
   * <p>Memory: what the goroutine did happens before the join returns.
   *
   * @throws InterruptedException if interrupted before the goroutine has ended
   */
  public void join() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Gate gate = end.get();
    if (gate == null) {
      var fresh = new Gate();
      gate = end.compareAndSet(null, fresh) ? fresh : Objects.requireNonNull(end.get());
    }
    if (gate.await(WaitReason.GOROUTINE_JOIN, false, 0) == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
  }

  /**
   * Does about a Throwable what is done when the body throws it, for those who have to do more
   * after that, like a group that lets its waiters go. To be called in this goroutine's thread,
   * which should end then. Unlike Go's {@code panic} this returns, also if the program has ended
   * with it; see {@link Program#fail}.
   *
   * @param uncaught what nobody has caught
   * @return the panic
   */
  public Panic panic(Throwable uncaught) {
    var panic = new Panic(this, uncaught);
    program.panic(panic);
    return panic;
  }

  /** Whether a Throwable is a goroutine's answer to an interrupt, and no panic. */
  static boolean isInterruption(Throwable t) {
    return t instanceof InterruptedException
        || (t instanceof CancellationException && Thread.currentThread().isInterrupted());
  }

  /** {@code goroutine 7}, and the name in quotes if there is one. */
  @Override
  public String toString() {
    return name == null ? "goroutine " + id : "goroutine " + id + " \"" + name + "\"";
  }
}
