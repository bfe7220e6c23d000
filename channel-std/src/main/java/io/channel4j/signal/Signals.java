package io.channel4j.signal;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.SendChannel;
import io.channel4j.context.CancelContext;
import io.channel4j.context.Context;
import io.channel4j.go.Program;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's signals, on channels. Go: package {@code os/signal}.
 *
 * <pre>{@code
 * try (var ctx = Signals.notifyContext(Context.background(), Signal.INT, Signal.TERM)) {
 *   serve(ctx);                // ends when ctx does
 * }                            // a second Ctrl-C ends the JVM
 * }</pre>
 *
 * <p>What a signal does:
 *
 * <table>
 * <caption>Signals and the JVM</caption>
 * <tr><th></th><th>HUP, INT, TERM</th><th>others, such as USR1</th></tr>
 * <tr><td>default, and after {@link #stop} and {@link #reset}</td><td>shutdown hooks run, the JVM
 * ends with status 128 + number: 129, 130, 143</td><td>the operating system's action: most end the
 * JVM, without hooks</td></tr>
 * <tr><td>after {@link #notify}</td><td colspan="2">it is sent to the channel, and nothing else: the
 * program ends itself, and {@link System#exit} runs the hooks and gives the status</td></tr>
 * <tr><td>after {@link #ignore}</td><td colspan="2">nothing</td></tr>
 * </table>
 *
 * <p>The JVM refuses some signals: KILL and STOP, which nobody can catch; QUIT, SEGV, ILL and FPE,
 * which it needs; and HUP, INT and TERM if it was started with {@code -Xrs}. To ask for one of them
 * by name is an {@link IllegalArgumentException} that says so. HUP, INT and TERM that were ignored
 * when the JVM was started, as by {@code nohup}, stay ignored whatever is done here; Go would catch
 * them.
 *
 * <p>A signal that arrives while the last receiver stops is either received or has its default
 * action; it is not lost.
 *
 * <p>Needs the module jdk.unsupported, on Linux and macOS. Other code that uses {@code
 * sun.misc.Signal} for the same signal and this class undo each other.
 *
 * <p>Go counterpart: src/os/signal/signal.go.
 */
public final class Signals {

  /** What "all signals" are: those that come from outside and the JVM does without. */
  private static final List<Signal> ALL =
      Stream.of(
              "HUP", "INT", "TERM", "USR1", "USR2", "ALRM", "CHLD", "CONT", "TSTP", "TTIN", "TTOU",
              "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "PIPE")
          .map(Signal::new)
          .toList();

  private Signals() {}

  /**
   * Sends signals to a channel from now on. Go: {@code signal.Notify(c, sig...)}.
   *
   * <p>Delivery does not wait: a signal that comes while the channel is full is dropped. So the
   * channel needs a buffer, of 1 for a program that waits for one signal. Several calls for one
   * channel add up; a signal goes to every channel that wants it.
   *
   * <p>If the channel is closed when a signal comes, a goroutine of the caller's {@link Program}
   * panics with {@link ChannelPanic.SendOnClosed}: stop first, then close.
   *
   * <p>Memory: as a send.
   *
   * @param channel where to send them
   * @param signals which ones; none means all that come from outside and the JVM does without
   * @throws NullPointerException with the message {@code "os/signal: Notify using nil channel"} if
   *     the channel is null or the nil channel
   * @throws IllegalArgumentException if the channel has no buffer, if the JVM refuses one of the
   *     signals, or if there is no such signal; then nothing has changed
   */
  public static void notify(SendChannel<? super Signal> channel, Signal... signals) {
    if (isNil(channel)) {
      throw new NullPointerException("os/signal: Notify using nil channel");
    }
    if (channel.cap() == 0) {
      throw new IllegalArgumentException(
          "misuse of unbuffered channel as argument to Signals.notify: a signal that comes while"
              + " nobody receives would be lost; make it with Channel.make(1)");
    }
    Program program = Program.current();
    Handlers.add(channel, s -> send(channel, s, program), orAll(signals), signals.length == 0);
  }

  private static boolean isNil(@Nullable Object channel) {
    return channel == null || channel == Channel.nil();
  }

  private static void send(SendChannel<? super Signal> channel, Signal s, Program program) {
    try {
      boolean unused = channel.trySend(s);
    } catch (ChannelPanic.SendOnClosed e) {
      var unused =
          program.go(
              () -> {
                throw e;
              });
    }
  }

  /**
   * Sends no more signals to a channel. Go: {@code signal.Stop(c)}.
   *
   * <p>When it returns, nothing more is sent. Signals that no other channel wants have their
   * default action again. The channel is not closed.
   *
   * @param channel a channel; one that gets no signals is left alone
   */
  public static void stop(SendChannel<? super Signal> channel) {
    Handlers.remove(channel);
  }

  /**
   * Takes back what was done about signals: nobody gets them, and they have their default action.
   * Go: {@code signal.Reset(sig...)}.
   *
   * @param signals which ones; none means all
   */
  public static void reset(Signal... signals) {
    Handlers.reset(List.of(signals));
  }

  /**
   * Ignores signals: nobody gets them, and they have no effect. Go: {@code signal.Ignore(sig...)}.
   *
   * <p>Differs from Go: processes started from here do not inherit it.
   *
   * @param signals which ones; none means all that come from outside and the JVM does without
   * @throws IllegalArgumentException if the JVM refuses one of the signals, or if there is no such
   *     signal; then nothing has changed
   */
  public static void ignore(Signal... signals) {
    Handlers.ignore(orAll(signals), signals.length == 0);
  }

  /**
   * Whether a signal is ignored: by {@link #ignore}, or since the JVM was started, as by {@code
   * nohup}. Go: {@code signal.Ignored(sig)}.
   *
   * @param signal the signal
   * @return whether it has no effect
   */
  public static boolean ignored(Signal signal) {
    return Handlers.isIgnored(Objects.requireNonNull(signal, "signal"));
  }

  /**
   * Derives a context that a signal ends. Go: {@code signal.NotifyContext(parent, sig...)}.
   *
   * <p>Its cause is then a {@link SignalReceived}. The signals keep out of their default action
   * until the context is cancelled or closed, even when it has ended: a program that wants a second
   * Ctrl-C to end it closes the context first.
   *
   * @param parent the context to derive from
   * @param signals which ones; none means all that come from outside and the JVM does without
   * @return the context; its cancel and close are Go's {@code stop}
   * @throws NullPointerException with the message {@code "cannot create context from nil parent"}
   * @throws IllegalArgumentException if the JVM refuses one of the signals, or if there is no such
   *     signal; then nothing has changed
   */
  public static CancelContext notifyContext(Context parent, Signal... signals) {
    return new NotifyContext(parent, List.of(signals), orAll(signals), signals.length == 0);
  }

  private static List<Signal> orAll(Signal... signals) {
    return signals.length == 0 ? ALL : List.of(signals);
  }
}
