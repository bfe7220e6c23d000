package io.channel4j.go;

import org.jspecify.annotations.Nullable;

/**
 * The {@code go} statement and {@code main}. Made for static import:
 *
 * <pre>{@code
 * import static io.channel4j.go.Go.go;
 *
 * public static void main(String[] args) {
 *   Go.main(
 *       () -> {
 *         Channel<String> hello = Channel.make();
 *         go(() -> hello.send("hello"));
 *         System.out.println(hello.receive());
 *       });
 * }
 * }</pre>
 *
 * <p>Goroutines belong to the {@link Program} of the goroutine that starts them, and run on that
 * program's threads: virtual ones unless it says otherwise. What code outside any program starts
 * belongs to the default program, which has virtual threads, no main and no end.
 *
 * <p>What a body does not catch is a {@link Panic}, and goes to the program's {@link PanicHandler}.
 * The default handler reports it on {@code System.err} with both stacks, that of the goroutine and
 * the place where it was created, and fails the program. Differs from Go only where there is no
 * main to fail: a panic in the default program is reported and ends no process.
 *
 * <p>Interruption, which Go does not have, is the way to end a goroutine from outside. A body that
 * lets {@link InterruptedException} out (or, with the interrupt status set, {@link
 * java.util.concurrent.CancellationException}, as iterations over channels throw) ends like one
 * that calls Go's {@code runtime.Goexit}: its {@code finally} blocks run, nothing is reported, and
 * nobody fails. There is no {@code goexit()} here for that reason: {@code throw new
 * InterruptedException()} is it. For main there is no such end: there it is a panic.
 *
 * <p>Memory: what happens before {@code go} happens before what the body does. As in Go, the end of
 * a goroutine is not ordered with anything, except for {@link Goroutine#join}.
 *
 * <p>Go counterpart: {@code runtime.newproc} and {@code runtime.main}, src/runtime/proc.go.
 */
public final class Go {

  private Go() {}

  /**
   * Starts a goroutine. Go: {@code go func() { … }()}.
   *
   * <p>Does not wait and does not look at the interrupt status.
   *
   * @param body what it does; may throw
   * @return its handle, which need not be kept
   * @throws NullPointerException if the body is null
   */
  public static Goroutine go(Body body) {
    return Program.current().go(body);
  }

  /**
   * Starts a goroutine with a name, for dumps and reports.
   *
   * @param name names the goroutine and its thread; need not be unique
   * @param body what it does; may throw
   * @return its handle, which need not be kept
   * @throws NullPointerException if the name or the body is null
   */
  public static Goroutine go(String name, Body body) {
    return Program.current().go(name, body);
  }

  /**
   * Runs a program as Go does, and ends the JVM. Go: {@code func main()}.
   *
   * <p>When the body returns, the program ends with exit status 0: other goroutines are not waited
   * for. When it or a goroutine of the program panics, that is reported and the program ends with
   * exit status 2. See {@link Program#main}.
   *
   * @param main what the program does
   */
  public static void main(Body main) {
    Program.builder().build().main(main);
  }

  /**
   * Sets what to do about panics in programs without a handler of their own, the default program
   * among them.
   *
   * @param handler the handler; null for {@link PanicHandler#report()}, the default
   */
  public static void panicHandler(@Nullable PanicHandler handler) {
    Program.defaultHandler = handler == null ? PanicHandler.report() : handler;
  }
}
