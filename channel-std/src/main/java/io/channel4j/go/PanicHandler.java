package io.channel4j.go;

/**
 * What to do when a goroutine ends by a Throwable. Go has no choice here: the process dies.
 *
 * <p>A handler runs in the goroutine's thread, after its {@code finally} blocks and before {@link
 * Goroutine#join} returns. If it does not call {@link Program#fail}, the program goes on. If it
 * throws, both are reported and the program fails.
 *
 * <p>To log and go on:
 *
 * <pre>{@code
 * Go.panicHandler(panic -> logger.log(ERROR, panic.report()));
 * }</pre>
 */
@FunctionalInterface
public interface PanicHandler {

  /**
   * Deals with a panic.
   *
   * @param panic which goroutine, what it threw, and the report
   */
  void panicked(Panic panic);

  /**
   * The default: prints {@link Panic#report} on {@code System.err} and fails the program.
   *
   * @return the handler
   */
  static PanicHandler report() {
    return panic -> {
      System.err.print(panic.report());
      System.err.flush();
      panic.goroutine().program().fail(panic);
    };
  }
}
