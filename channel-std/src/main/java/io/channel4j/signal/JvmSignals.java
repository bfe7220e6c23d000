package io.channel4j.signal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;

/** The JVM's signals: the one place that knows of sun.misc.Signal. */
final class JvmSignals {
  /*
   * By method handles, because javac warns of each use of that class and cannot be told not to.
   *
   * What the JVM does (HotSpot on Linux). It refuses QUIT, SEGV, FPE, ILL, which it needs itself, and
   * KILL and STOP, which nobody can catch; with -Xrs also HUP, INT and TERM. HUP, INT and TERM that
   * were ignored when it was started stay ignored: it says so by the old handler, and installs
   * nothing. A handler runs in a new platform thread for each signal.
   */
  private static final Class<?> SIGNAL = find("sun.misc.Signal");
  private static final Class<?> HANDLER = find("sun.misc.SignalHandler");
  private static final MethodHandle NEW;
  private static final MethodHandle HANDLE;
  private static final MethodHandle RAISE;
  private static final MethodHandle ACCEPT;
  private static final Object IGNORE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      NEW = lookup.findConstructor(SIGNAL, MethodType.methodType(void.class, String.class));
      HANDLE = lookup.findStatic(SIGNAL, "handle", MethodType.methodType(HANDLER, SIGNAL, HANDLER));
      RAISE = lookup.findStatic(SIGNAL, "raise", MethodType.methodType(void.class, SIGNAL));
      ACCEPT =
          lookup.findVirtual(
              Consumer.class, "accept", MethodType.methodType(void.class, Object.class));
      IGNORE = lookup.findStaticGetter(HANDLER, "SIG_IGN", HANDLER).invoke();
    } catch (Throwable e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private JvmSignals() {}

  private static Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "signals need the module jdk.unsupported in the run-time image", e);
    }
  }

  /**
   * Installs a handler.
   *
   * @return the handler of before, for {@link #restore}
   * @throws IllegalArgumentException if the JVM refuses; the message says why
   */
  static Object handle(Signal signal, Consumer<Signal> handler) {
    MethodHandle body =
        MethodHandles.dropArguments(
            MethodHandles.insertArguments(ACCEPT, 0, handler, signal), 0, SIGNAL);
    return install(signal, MethodHandleProxies.asInterfaceInstance(HANDLER, body));
  }

  /** Puts back what {@link #handle} has given. */
  static void restore(Signal signal, Object handler) {
    Object unused = install(signal, handler);
  }

  private static Object install(Signal signal, Object handler) {
    try {
      return HANDLE.invoke(make(signal), handler);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(refusal(signal), e);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Whether a handler of before says that the signal was ignored. */
  static boolean isIgnore(Object handler) {
    return handler.equals(IGNORE);
  }

  /** Sends a signal to this process. */
  static void raise(Signal signal) {
    try {
      RAISE.invoke(make(signal));
    } catch (IllegalArgumentException e) {
      kill(signal); // the JVM raises only what it handles itself
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void kill(Signal signal) {
    String pid = Long.toString(ProcessHandle.current().pid());
    try {
      new ProcessBuilder("kill", "-" + signal.name(), pid).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object make(Signal signal) throws Throwable {
    try {
      return NEW.invoke(signal.name());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "SIG" + signal.name() + ": this operating system has no such signal", e);
    }
  }

  private static String refusal(Signal signal) {
    String why =
        switch (signal.name()) {
          case "HUP", "INT", "TERM" ->
              "the JVM was started with -Xrs, which leaves it to the operating system:"
                  + " start it without";
          case "QUIT" -> "the JVM dumps its threads then: use another signal";
          case "KILL", "STOP" -> "no process can catch it: use another signal";
          default -> "the JVM uses it itself: use another signal";
        };
    return "SIG" + signal.name() + " cannot be caught: " + why;
  }
}
