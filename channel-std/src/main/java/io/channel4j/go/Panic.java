package io.channel4j.go;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/**
 * A Throwable that a goroutine did not catch, as it reaches those who depend on that goroutine: the
 * program's {@link PanicHandler}, and whoever waits for the program or for a group that the
 * goroutine belongs to. The cause is that Throwable.
 */
public final class Panic extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Goroutine goroutine; // a panic is not meant to be sent elsewhere

  /** The message is {@code "goroutine 7: "} and the description of what was thrown. */
  Panic(Goroutine goroutine, Throwable uncaught) {
    super(goroutine + ": " + uncaught, uncaught);
    this.goroutine = goroutine;
  }

  /**
   * Who did not catch it.
   *
   * @return the goroutine
   */
  public Goroutine goroutine() {
    return goroutine;
  }

  /**
   * What it did not catch: the cause.
   *
   * @return the Throwable
   */
  public Throwable uncaught() {
    return Objects.requireNonNull(getCause());
  }

  /**
   * What Go prints when a goroutine panics: {@code panic: }, what was thrown, {@code goroutine N
   * [running]:} with the stack from which it was thrown, and {@code created by} with the place of
   * the {@code go} statement.
   *
   * @return lines, the last one ended as well
   */
  public String report() {
    Throwable uncaught = uncaught();
    var trace = new StringWriter();
    uncaught.printStackTrace(new PrintWriter(trace));
    // The first lines are the description again, which may itself have several lines.
    String description = uncaught.toString();
    String stack = trace.toString();
    if (stack.startsWith(description)) {
      stack = stack.substring(description.length()).stripLeading();
    }
    return "panic: %s%n%n%s [running]:%n%s%s"
        .formatted(
            description,
            goroutine,
            stack.isEmpty() ? "" : "\t" + stack,
            goroutine.createdBy().describe());
  }
}
