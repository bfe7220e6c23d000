package io.channel4j.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

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
   * insist     look although others need the core, where that has paid. A crowd at one channel gets on
   *            fastest if two that serve each other stay on their cores for a while: every change of
   *            threads costs more than what they pass. It pays if the peer runs, and nobody knows
   *            but by trying. So each channel counts how well it goes, and a channel that knows nothing
   *            tries from time to time; how often depends on how the last such tries of the process
   *            went.
   * leave      one wait in 8,192 by lot, or one in 1,024 in a crowd, looks at nothing and
   *            parks for a moment. Two that find each other by looking, or a crowd that steps aside for
   *            itself, would keep the cores for ever: a carrier serves its own queue before all
   *            others, and then stays with the queue in which it has found something. So now and then
   *            the whole crowd leaves, also who has left before and waits in such a queue; the more
   *            rarely the larger it is, so that it costs each the same.
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

  /** Looks at a claim, and at a gate, of one who insists. */
  static final int INSISTENT_CLAIM_LOOKS = 200;

  static final int INSISTENT_GATE_LOOKS = 12;

  /** A channel's trust in insisting is 0 to this. */
  private static final int MAX_TRUST = 64;

  private static final int TRUST_LOST_IN_VAIN = 8;

  /** Without trust one wait in so many insists, or in up to 2^13. */
  private static final int TRIES = 1 << 5;

  private static final int MAX_FAILED = 8;

  /** One wait in so many leaves the core, if two or more others need it. */
  private static final int LEAVES_TO_OTHERS = 1 << 10;

  /** One wait in so many, if at most one other does. */
  private static final int LEAVES = 1 << 13;

  /** How many waits are to leave the core now. Anybody, racing: a few more or less do no harm. */
  private static int leaving;

  /** How many tries without trust have failed since one went well, anywhere. Anybody, racing. */
  private static int failed = MAX_FAILED / 2;

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

  /** Whether a wait, which has drawn this number, leaves the core without looking. */
  static boolean leavesCore(int drawn) {
    int left = leaving;
    if (left > 0) {
      // If nobody is left, nobody has to leave any more.
      leaving = needCore.get(MIDDLE) == 0 ? 0 : left - 1;
      return true;
    }
    if ((drawn & (LEAVES_TO_OTHERS - 1)) != 0) {
      return false;
    }
    int crowd = (int) needCore.get(MIDDLE);
    if (crowd <= 1) { // two that serve each other
      return (drawn & (LEAVES - 1)) == 0;
    }
    int lot = Integer.divideUnsigned(drawn, LEAVES_TO_OTHERS);
    if (lot % (crowd + 1) == 0) {
      leaving = 2 * crowd; // twice: some come back before the last is gone
    }
    return true;
  }

  /** Whether it insists, if others need the core. */
  static boolean insists(int trust, int drawn) {
    return !ONE_CORE
        && (trust > 0 || (Integer.divideUnsigned(drawn, LEAVES) & ((TRIES << failed) - 1)) == 0);
  }

  /** The channel's trust after it has insisted: the peer came meanwhile, or not. */
  static byte learned(int trust, boolean well) {
    if (trust == 0) {
      failed = well ? 0 : Math.min(failed + 1, MAX_FAILED);
    }
    return (byte) (well ? Math.min(trust + 1, MAX_TRUST) : Math.max(trust - TRUST_LOST_IN_VAIN, 0));
  }

  /** Lets those run that wait for a core, wherever they are in line. */
  static void leaveCore() {
    if (!Thread.currentThread().isVirtual()) {
      stepAside();
      return;
    }
    needsCore();
    LockSupport.parkNanos(1); // from a timer's thread it comes back behind all others
    runs();
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
