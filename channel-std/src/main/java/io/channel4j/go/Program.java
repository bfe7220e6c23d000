package io.channel4j.go;

import io.channel4j.internal.Gate;
import io.channel4j.internal.Parker;
import io.channel4j.internal.WaitReason;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A main and the goroutines that it starts, on threads of one kind and with one policy for panics:
 * what a process is in Go. A JVM can run many.
 *
 * <pre>{@code
 * Program.builder()
 *     .threadFactory(Thread.ofPlatform().factory())
 *     .build()
 *     .run(
 *         () -> {
 *           go(() -> …); // belongs to this program, and so does what it starts
 *         });
 * }</pre>
 *
 * <p>A goroutine's {@code go} starts in the same program; {@code go} in any other thread starts in
 * the default program. A program is for one {@link #run} or {@link #main}.
 *
 * <p>Go counterpart: {@code runtime.main}, src/runtime/proc.go.
 */
public final class Program {
  /*
   * How a program ends is decided once, by whoever sets outcome: main's return or failure, fail(), or
   * an interrupt of the thread that waits in run. Only then is over opened, and only then are those
   * who are left interrupted: a goroutine that starts meanwhile sees over, or is seen in live.
   *
   * The default program has no outcome: nobody waits for it.
   */

  /** A program's end: what run throws, or null for nothing. */
  private record Outcome(@Nullable Throwable thrown) {}

  private static final ThreadFactory VIRTUAL = Thread.ofVirtual().factory();
  private static final Program DEFAULT = new Program(VIRTUAL, null);

  static volatile PanicHandler defaultHandler = PanicHandler.report();

  private final ThreadFactory factory;
  private final @Nullable PanicHandler handler;

  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
  private final Gate over = new Gate();

  /** Those to interrupt at the end; only of a program that is run. */
  private final Set<Goroutine> live = ConcurrentHashMap.newKeySet();

  // Both are set by run or main before the first goroutine starts.
  private @Nullable Goroutine main;
  private Kind kind = Kind.DEFAULT;

  private enum Kind {
    /** Nobody waits for it. */
    DEFAULT,
    /** By run: its end is the end of a call. */
    CALL,
    /** By main: its end is the end of the JVM. */
    PROCESS
  }

  private Program(ThreadFactory factory, @Nullable PanicHandler handler) {
    this.factory = factory;
    this.handler = handler;
  }

  /**
   * Starts the description of a program.
   *
   * @return a builder: virtual threads, and the handler that {@link Go#panicHandler} has set
   */
  public static Builder builder() {
    return new Builder();
  }

  /** The description of a program. */
  public static final class Builder {
    private ThreadFactory factory = VIRTUAL;
    private @Nullable PanicHandler handler;

    private Builder() {}

    /**
     * On which threads the goroutines run.
     *
     * @param threadFactory makes unstarted threads, each of which runs the task it is given; the
     *     program sets their uncaught exception handler, their name if the goroutine has one, and
     *     makes platform threads daemons
     * @return this builder
     */
    public Builder threadFactory(ThreadFactory threadFactory) {
      this.factory = Objects.requireNonNull(threadFactory, "threadFactory");
      return this;
    }

    /**
     * What to do about panics.
     *
     * @param panicHandler takes the place of {@link PanicHandler#report()}
     * @return this builder
     */
    public Builder panicHandler(PanicHandler panicHandler) {
      this.handler = Objects.requireNonNull(panicHandler, "panicHandler");
      return this;
    }

    /**
     * Makes the program.
     *
     * @return a program that nobody has run yet
     */
    public Program build() {
      return new Program(factory, handler);
    }
  }

  /**
   * The program that a {@code go} in the calling thread starts in.
   *
   * @return the program of the current goroutine, or the default program
   */
  public static Program current() {
    Goroutine g = Goroutine.current();
    return g == null ? DEFAULT : g.program();
  }

  // ---- running

  /**
   * Runs the program and returns when it has ended, like Go's {@code main} but for the process.
   *
   * <p>The body runs in a goroutine of its own, the program's first. When it returns, the program
   * has ended. Other goroutines are not waited for; since Java cannot end them, they are
   * interrupted, and so are those that they start later.
   *
   * <p>What the main body throws is thrown here. When another goroutine panics and the handler
   * {@linkplain #fail fails} the program, the program ends at once, main is interrupted and not
   * waited for, and the panic is thrown here.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws, and
   * the program has ended, too.
   *
   * <p>Memory: what main did happens before this returns.
   *
   * @param main what the program does
   * @throws Panic if a goroutine failed the program
   * @throws InterruptedException if interrupted, here or in main
   * @throws Exception what main threw
   * @throws IllegalStateException if the program was run before
   */
  public void run(Body main) throws Exception {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    begin(Kind.CALL, main);
    if (over.await(WaitReason.GOROUTINE_JOIN, false, 0) == Parker.INTERRUPTED
        && !finish(new Outcome(new InterruptedException()))) {
      Thread.currentThread().interrupt(); // the program ended first, so nothing else tells of it
    }
    Throwable thrown = end().thrown();
    if (thrown != null) {
      Program.<RuntimeException>sneak(thrown);
    }
  }

  /**
   * Runs the program and ends the JVM with it. Go: {@code func main()}.
   *
   * <p>The body runs in a goroutine of its own, the program's first. When it returns, the JVM ends
   * by {@code System.exit(0)}, whatever other goroutines do and whichever other threads there are.
   * When the handler {@linkplain #fail fails} the program, the JVM ends by {@code System.exit(2)};
   * what the main body throws counts as a panic. Shutdown hooks run, which Go does not have.
   *
   * <p>Does not return. An interrupt is passed on to main.
   *
   * @param main what the program does
   * @throws IllegalStateException if the program was run before
   */
  public void main(Body main) {
    Goroutine g = begin(Kind.PROCESS, main);
    while (over.await(WaitReason.GOROUTINE_JOIN, false, 0) == Parker.INTERRUPTED) {
      g.thread().interrupt();
    }
    System.out.flush();
    System.err.flush();
    System.exit(end().thrown() == null ? 0 : 2);
  }

  private Goroutine begin(Kind kind, Body body) {
    Objects.requireNonNull(body, "main");
    if (this == DEFAULT || !started.compareAndSet(false, true)) {
      throw new IllegalStateException("a program runs once: build another one");
    }
    this.kind = kind;
    Goroutine g = Goroutine.unstartedMain(this, body, factory);
    this.main = g;
    return start(g);
  }

  private Outcome end() {
    return Objects.requireNonNull(outcome.get());
  }

  @SuppressWarnings({"unchecked", "DoNotCallSuggester", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void sneak(Throwable t) throws X {
    throw (X) t;
  }

  /**
   * Starts a goroutine in this program; see {@link Go#go(Body)}. For those who start goroutines on
   * behalf of others: a timer's function belongs to the program that has set the timer.
   *
   * @param body what it does; may throw
   * @return its handle, which need not be kept
   * @throws NullPointerException if the body is null
   */
  public Goroutine go(Body body) {
    return start(Goroutine.unstarted(this, null, body, factory));
  }

  /** Starts a goroutine in this program; see {@link Go#go(String, Body)}. */
  Goroutine go(String name, Body body) {
    Objects.requireNonNull(name, "name");
    return start(Goroutine.unstarted(this, name, body, factory));
  }

  private Goroutine start(Goroutine g) {
    if (kind != Kind.CALL) {
      g.thread().start();
      return g;
    }
    live.add(g);
    boolean running = false;
    try {
      g.thread().start();
      running = true;
    } finally {
      if (!running) { // no memory for another thread
        live.remove(g);
      }
    }
    if (over.isOpen()) { // finish may have passed it by
      g.thread().interrupt();
    }
    return g;
  }

  // ---- ending

  /** The goroutine's last step but one: then it lets those go who join it. */
  void ended(Goroutine g) {
    if (kind == Kind.CALL) {
      live.remove(g);
    }
    if (g == main) {
      finish(new Outcome(null));
    }
  }

  /** The policy. */
  void uncaught(Goroutine g, Throwable t) {
    boolean undecided = outcome.get() == null;
    if (g == main && kind == Kind.CALL && finish(new Outcome(t))) {
      return; // run throws it
    }
    if (g == main && t instanceof Panic p && p.goroutine().program() == this) {
      fail(p); // main has waited for a goroutine that panicked, which was reported
    } else if (!Goroutine.isInterruption(t) || (g == main && undecided)) {
      panic(new Panic(g, t));
    }
  }

  void panic(Panic panic) {
    PanicHandler h = handler == null ? defaultHandler : handler;
    try {
      h.panicked(panic);
    } catch (Throwable inHandler) {
      panic.addSuppressed(inHandler);
      System.err.print(panic.report());
      inHandler.printStackTrace();
      fail(panic);
    }
  }

  /**
   * Ends the program because of a panic; for handlers. In a program by {@link #run} that call
   * throws the panic; in one by {@link #main} the JVM ends with exit status 2. Main is interrupted.
   * In the default program, and in one that has ended, nothing happens.
   *
   * <p>Differs from Go: this returns, and so the goroutine comes to its end, and others see it,
   * while the JVM runs its shutdown hooks. Otherwise a hook that waits for it would never end.
   *
   * @param panic the reason
   */
  public void fail(Panic panic) {
    finish(new Outcome(panic));
  }

  /** False if the program has ended already, or never ends. */
  private boolean finish(Outcome how) {
    if (kind == Kind.DEFAULT || !outcome.compareAndSet(null, how)) {
      return false;
    }
    over.open();
    Thread self = Thread.currentThread();
    for (Goroutine g : live) {
      if (!g.thread().equals(self)) {
        g.thread().interrupt();
      }
    }
    Goroutine m = main;
    if (kind == Kind.PROCESS && m != null && !m.thread().equals(self)) {
      m.thread().interrupt();
    }
    return true;
  }
}
