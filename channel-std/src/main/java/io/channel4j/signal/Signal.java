package io.channel4j.signal;

import java.io.Serializable;
import java.util.Locale;
import java.util.Map;

/**
 * A signal of the operating system, by its name without {@code SIG}. Go: {@code os.Signal} and the
 * constants of package syscall.
 *
 * <p>Two signals with the same name are equal. It prints in Go's words: {@code Signal.INT} as
 * {@code interrupt}.
 *
 * @param name the name as the operating system has it, such as {@code INT}
 */
public record Signal(String name) implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The terminal has gone: {@code syscall.SIGHUP}. */
  public static final Signal HUP = new Signal("HUP");

  /** Ctrl-C: {@code os.Interrupt}, {@code syscall.SIGINT}. */
  public static final Signal INT = new Signal("INT");

  /** What {@code kill} sends, and containers that stop: {@code syscall.SIGTERM}. */
  public static final Signal TERM = new Signal("TERM");

  /** For programs to use: {@code syscall.SIGUSR1}. */
  public static final Signal USR1 = new Signal("USR1");

  /** For programs to use, though some versions of the JVM do so themselves: SIGUSR2. */
  public static final Signal USR2 = new Signal("USR2");

  /** The terminal has another size: {@code syscall.SIGWINCH}. */
  public static final Signal WINCH = new Signal("WINCH");

  /** Goes on after a stop: {@code syscall.SIGCONT}. */
  public static final Signal CONT = new Signal("CONT");

  /** Go's words, src/syscall/zerrors_linux_amd64.go. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("HUP", "hangup"),
          Map.entry("INT", "interrupt"),
          Map.entry("QUIT", "quit"),
          Map.entry("ILL", "illegal instruction"),
          Map.entry("TRAP", "trace/breakpoint trap"),
          Map.entry("ABRT", "aborted"),
          Map.entry("BUS", "bus error"),
          Map.entry("FPE", "floating point exception"),
          Map.entry("KILL", "killed"),
          Map.entry("USR1", "user defined signal 1"),
          Map.entry("SEGV", "segmentation fault"),
          Map.entry("USR2", "user defined signal 2"),
          Map.entry("PIPE", "broken pipe"),
          Map.entry("ALRM", "alarm clock"),
          Map.entry("TERM", "terminated"));

  /**
   * Makes a signal. Whether there is one with that name shows when it is used.
   *
   * @param name the name; a leading {@code SIG} is dropped, and upper case is made of lower case
   */
  public Signal {
    String upper = name.toUpperCase(Locale.ROOT);
    name = upper.startsWith("SIG") ? upper.substring(3) : upper;
  }

  /** In Go's words, such as {@code interrupt}; {@code signal WINCH} for those without. */
  @Override
  public String toString() {
    return WORDS.getOrDefault(name, "signal " + name);
  }
}
