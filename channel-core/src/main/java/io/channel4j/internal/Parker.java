package io.channel4j.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The one place in which threads of this library wait. */
public final class Parker {
  /*
   * Two kinds of waiting.
   *
   * await: for a peer. Looks for a bounded time, see Patience, then parks until the claim is won, the
   * deadline has passed or the thread is interrupted. Which of these ended the wait is decided by the
   * claim alone, so that a stray unpark or an early return of park is harmless.
   *
   * pause: for a thread that has won a slot and has not filled or emptied it yet, a matter of a few
   * instructions unless the operating system has stopped that thread. Never unbounded spinning, since
   * that thread may need this core: spins, then parks for a time.
   *
   * Not in pause: Thread.yield. Two virtual threads that yield can keep a carrier to themselves for
   * ever. Who awaits yields once, see Patience.
   */

  /** How a wait ended. */
  public static final int DONE = 0;

  public static final int TIMED_OUT = 1;
  public static final int INTERRUPTED = 2;

  private static final int PAUSE_SPINS = 64;
  private static final long MAX_PAUSE_NANOS = 100_000;

  private Parker() {}

  /**
   * Waits until the claim is done, or else abandons it. The claim's owner calls it. Looks and steps
   * aside first, if {@code patient}.
   */
  public static int await(
      Claim claim, boolean patient, WaitReason reason, boolean timed, long deadline) {
    return await(claim, patient, null, reason, timed, deadline);
  }

  /** The same; insists if the channel says so. */
  static int await(
      Claim claim,
      boolean patient,
      @Nullable GatedChannel<?> channel,
      WaitReason reason,
      boolean timed,
      long deadline) {
    if (patient) {
      int drawn = ThreadLocalRandom.current().nextInt();
      if (Patience.leavesCore(drawn)) {
        Patience.leaveCore();
      } else if (look(claim, channel, drawn)) {
        return awaitDone(claim);
      } else {
        Patience.stepAside();
      }
    }
    if (!claim.announcePark()) { // Model: Announce
      return awaitDone(claim);
    }
    if (Seam.ON) {
      Seam.at("await.announced");
    }
    Thread self = Thread.currentThread();
    while (claim.isOpen()) { // Model: Announced
      if (self.isInterrupted() && claim.abandon()) {
        Thread.interrupted(); // the exception takes its place
        return INTERRUPTED; // Model: Cancel
      }
      if (!timed) {
        LockSupport.park(reason); // Model: Park
      } else {
        long left = deadline - System.nanoTime();
        if (left > 0) {
          LockSupport.parkNanos(reason, left); // Model: Park
        } else if (claim.abandon()) {
          return TIMED_OUT; // Model: Cancel
        }
      }
    }
    int end = awaitDone(claim);
    Patience.runs();
    return end;
  }

  /** Whether a peer has won while this thread looked. */
  private static boolean look(Claim claim, @Nullable GatedChannel<?> channel, int drawn) {
    for (int i = 0; i < Patience.CLAIM_LOOKS; i++) {
      if (!claim.isOpen()) {
        return true;
      }
      if ((i & 15) == 0 && !Patience.mayLook()) {
        return channel != null && channel.mayInsist(drawn) && insist(claim, channel);
      }
      Thread.onSpinWait();
    }
    return false;
  }

  private static boolean insist(Claim claim, GatedChannel<?> channel) {
    for (int i = 0; i < Patience.INSISTENT_CLAIM_LOOKS; i++) {
      if (!claim.isOpen()) {
        channel.went(true);
        return true;
      }
      Thread.onSpinWait();
    }
    channel.went(false);
    return false;
  }

  /** A peer has won; its next few instructions write the result. */
  private static int awaitDone(Claim claim) {
    for (int i = 0; !claim.isDone(); i++) { // Model: AwaitDone
      pause(i);
    }
    return DONE;
  }

  /** Blocks for ever, or for a time. Only an interrupt ends it early. */
  public static int awaitNothing(WaitReason reason, boolean timed, long deadline) {
    while (!Thread.interrupted()) {
      if (!timed) {
        LockSupport.park(reason);
        continue;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return TIMED_OUT;
      }
      LockSupport.parkNanos(reason, left);
    }
    return INTERRUPTED;
  }

  /** The i-th step of waiting for a thread that is about to fill or empty a slot. */
  public static void pause(int i) {
    if (i < PAUSE_SPINS) {
      Thread.onSpinWait();
      return;
    }
    boolean interrupted = Thread.interrupted(); // else parkNanos would return at once
    if (interrupted) {
      LockSupport.parkNanos(1); // takes the permit that interrupt() gave, for the same reason
    }
    LockSupport.parkNanos(Math.min(1_000L << Math.min(i - PAUSE_SPINS, 10), MAX_PAUSE_NANOS));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void unpark(@Nullable Thread thread) {
    Patience.needsCore();
    LockSupport.unpark(thread); // Model: Unpark
  }
}
