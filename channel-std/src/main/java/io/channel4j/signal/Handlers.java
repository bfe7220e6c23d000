package io.channel4j.signal;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Who gets which signal. Go: {@code handlers}, src/os/signal/signal.go. */
final class Handlers {
  /*
   * One lock for everything. Deliveries hold it, too, and do not wait under it: so when stop returns,
   * nothing more comes. A signal has one of three states:
   *
   *   default    the JVM's own handler, or the operating system's action
   *   ours       its receivers are those who want it; without any, on the way back to default
   *   ignored    ours, and dropped
   *
   * A signal that the JVM has caught for us may come here after we have put the default back. It is
   * raised again then, so that the default action takes place: a Ctrl-C is never lost between the two.
   *
   * Ignored is a handler that does nothing, rather than the operating system's SIG_IGN, out of which
   * the JVM would not take HUP, INT and TERM again. Differs from Go: a process started from here does
   * not inherit it.
   */

  /** Gets signals, without waiting, under the lock. */
  interface Receiver {
    void receive(Signal signal);
  }

  private static final class Caught {
    /** The handler to go back to. */
    final Object before;

    /** By identity; empty if ignored. */
    final Set<Object> wantedBy = Collections.newSetFromMap(new IdentityHashMap<>());

    boolean ignored;

    Caught(Object before) {
      this.before = before;
    }

    /** See JvmSignals. */
    boolean isIgnoredForGood(Signal s) {
      return JvmSignals.isIgnore(before)
          && (s.equals(Signal.HUP) || s.equals(Signal.INT) || s.equals(Signal.TERM));
    }
  }

  private static final ReentrantLock lock = new ReentrantLock();

  /** The signals that are not in their default state. */
  private static final Map<Signal, Caught> caught = new LinkedHashMap<>();

  /** By channel or context. */
  private static final IdentityHashMap<Object, Receiver> receivers = new IdentityHashMap<>();

  private Handlers() {}

  /**
   * Adds signals to those that a receiver gets: all of them, or none if one is refused, unless
   * lenient.
   */
  static void add(Object key, Receiver receiver, List<Signal> signals, boolean lenient) {
    lock.lock();
    try {
      for (Signal s : catchAll(signals, lenient)) {
        Caught c = caught(s);
        c.ignored = false;
        c.wantedBy.add(key);
      }
      receivers.put(key, receiver);
    } finally {
      lock.unlock();
    }
  }

  /** A receiver gets nothing more, once this returns. */
  static void remove(Object key) {
    lock.lock();
    try {
      receivers.remove(key);
      for (Signal s : List.copyOf(caught.keySet())) {
        Caught c = caught(s);
        if (c.wantedBy.remove(key) && c.wantedBy.isEmpty()) {
          backToDefault(s);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Nobody gets these any more, and the default is back; all signals, if the list is empty. */
  static void reset(List<Signal> signals) {
    lock.lock();
    try {
      List<Signal> which = signals.isEmpty() ? List.copyOf(caught.keySet()) : signals;
      which.stream().filter(caught::containsKey).forEach(Handlers::backToDefault);
      forgetIdle();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody gets these any more, and they are dropped. */
  static void ignore(List<Signal> signals, boolean lenient) {
    lock.lock();
    try {
      for (Signal s : catchAll(signals, lenient)) {
        Caught c = caught(s);
        c.ignored = true;
        c.wantedBy.clear();
      }
      forgetIdle();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a signal is dropped, because of us or since before the JVM started. */
  static boolean isIgnored(Signal signal) {
    lock.lock();
    try {
      Caught c = caught.get(signal);
      if (c != null) {
        return c.ignored || c.isIgnoredForGood(signal);
      }
      Object before;
      try {
        before = JvmSignals.handle(signal, Handlers::deliver); // else nobody tells
      } catch (IllegalArgumentException refused) {
        return false;
      }
      JvmSignals.restore(signal, before);
      return JvmSignals.isIgnore(before);
    } finally {
      lock.unlock();
    }
  }

  private static List<Signal> catchAll(List<Signal> signals, boolean lenient) {
    List<Signal> all = new ArrayList<>();
    List<Signal> fresh = new ArrayList<>();
    for (Signal s : signals) {
      try {
        if (!caught.containsKey(s)) {
          caught.put(s, new Caught(JvmSignals.handle(s, Handlers::deliver)));
          fresh.add(s);
        }
        all.add(s);
      } catch (IllegalArgumentException refused) {
        if (!lenient) {
          fresh.forEach(Handlers::backToDefault);
          throw refused;
        }
      }
    }
    return all;
  }

  private static Caught caught(Signal s) {
    return requireNonNull(caught.get(s));
  }

  private static void backToDefault(Signal s) {
    JvmSignals.restore(s, caught(s).before);
    caught.remove(s);
  }

  private static void forgetIdle() {
    receivers
        .keySet()
        .removeIf(key -> caught.values().stream().noneMatch(c -> c.wantedBy.contains(key)));
  }

  /** Called by the JVM, in a thread of its own. */
  private static void deliver(Signal s) {
    lock.lock();
    try {
      Caught c = caught.get(s);
      if (c != null) {
        if (!c.ignored) {
          c.wantedBy.forEach(key -> requireNonNull(receivers.get(key)).receive(s));
        }
        return;
      }
    } finally {
      lock.unlock();
    }
    JvmSignals.raise(s);
  }
}
