package io.channel4j.internal;

import java.util.concurrent.atomic.AtomicLongArray;

/** How long a thread looks for a peer before it parks. */
final class Patience {
  /*
   * Waiting is what channels cost. A peer that runs on another core comes within a few hundred
   * nanoseconds, while parking and waking cost microseconds and move the thread to another core. A peer
   * that waits for this very core comes only when it gets the core. So, in this order:
   *
   * look       spin, for about as long as parking would cost, while nobody is known to need a core;
   * step aside give way once, so that a peer that is ready on this carrier can run, and come back to
   *            what it did: a virtual thread's yield costs a quarter of park and unpark;
   * park.
   *
   * Who needs a core: threads that were woken, or have stepped aside, and do not run again yet. They
   * are counted over the whole process. Threads that have only just been started are not in the count,
   * and so a channel's first waits do not look.
   *
   * Apart from waiting: who loses a CAS of a gate to another core lets that core go on for the time of
   * some twenty operations. Two cores that take a cache line from each other with every operation get
   * on four times as slowly as one after the other.
   *
   * Not here: a second yield. Two virtual threads that yield in a loop can keep a carrier to themselves
   * for ever, since it serves its own queue first.
   */

  /** Looks at a claim, each a processor's pause apart. */
  static final int CLAIM_LOOKS = 256;

  /** Looks at a gate: fewer, and further apart, so that the peer gets on, and a batch comes in. */
  static final int GATE_LOOKS = 40;

  private static final int FIRST_PAUSES = 4;
  private static final int MAX_PAUSES = 16;

  /** Between a lost CAS and the next try. */
  private static final int LOSS_PAUSES = 32;

  /** How many times a channel's users wait before they look. */
  static final int WARM_UP = 16;

  private static final boolean ONE_CORE =
      Runtime.getRuntime().availableProcessors() == 1
          || Integer.getInteger("jdk.virtualThreadScheduler.parallelism", 2) == 1;

  /** One counter, with a cache line on each side to itself. */
  private static final AtomicLongArray needCore = new AtomicLongArray(32);

  private static final int MIDDLE = 16;

  private Patience() {}

  /** Counts a thread that needs a core, until {@link #runs}. */
  static void needsCore() {
    needCore.getAndIncrement(MIDDLE);
  }

  /** That thread runs again. */
  static void runs() {
    needCore.getAndDecrement(MIDDLE);
  }

  /** Whether looking takes no core from anybody. */
  static boolean mayLook() {
    return !ONE_CORE && needCore.get(MIDDLE) == 0;
  }

  /** The time between two looks at a gate. */
  static void pauseBeforeLook(int i) {
    for (int n = Math.min(FIRST_PAUSES << Math.min(i, 8), MAX_PAUSES); n > 0; n--) {
      Thread.onSpinWait();
    }
  }

  /** After a CAS that was lost to another core. */
  static void letOthersGoOn() {
    for (int n = LOSS_PAUSES; n > 0; n--) {
      Thread.onSpinWait();
    }
  }

  /** Gives way, once. */
  @SuppressWarnings("ThreadPriorityCheck") // a matter of speed only: nothing relies on it
  static void stepAside() {
    needsCore();
    Thread.yield();
    runs();
  }
}
