package io.channel4j.internal;

import io.channel4j.ChannelPanic;
import org.jspecify.annotations.Nullable;

/** A channel of capacity 0: every exchange is between two threads that are both there. */
final class UnbufferedChannel<T extends @Nullable Object> extends GatedChannel<T> {
  /*
   * Whoever comes second serves the first: a sender wins the first waiting receiver and gives it the
   * value, a receiver wins the first waiting sender and takes its value. The gate has only the flags
   * and the version; see GatedChannel for the protocol.
   *
   * A send completes when a receiver has taken the value: its waiter's claim is DONE only after.
   */
  private static final long VERSION_UNIT = 1L << FLAG_BITS;

  UnbufferedChannel(@Nullable Object zero) {
    super(zero);
  }

  @Override
  public Object poll(boolean exact) {
    for (; ; ) {
      long g = gate; // Model: Poll
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g);
        return CLOSED; // Model: Helped
      }
      if (isNoSender(g)) {
        return NOT_READY; // at the instant that g was read
      }
      if (Seam.ON) {
        Seam.at("receive.looking");
      }
      Waiter w = winSender(g); // Model: ReceiveWin, WinFirst
      if (w == null) {
        if (GATE.compareAndSet(this, g, g & ~SENDERS)) { // Model: PollClear, Clear
          return NOT_READY;
        }
        continue;
      }
      if (Seam.ON) {
        Seam.at("receive.won");
      }
      clearIfAlone(g, SENDERS, w); // Model: ReceiveWon, ReceiveClear
      if (isSentAway(w)) { // Model: ReceiveLate, Late
        continue;
      }
      Object e = w.takeElement();
      w.complete(); // Model: ReceiveComplete, Complete
      return e;
    }
  }

  @Override
  public boolean offer(Object element, boolean exact) {
    for (; ; ) {
      long g = gate; // Model: Offer, Poll
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g);
        throw new ChannelPanic.SendOnClosed();
      }
      if (isNoReceiver(g)) {
        return false; // at the instant that g was read
      }
      if (handOver(g, element)) { // Model: HandOver, WinFirst
        return true;
      }
      if (GATE.compareAndSet(this, g, g & ~RECEIVERS)) { // Model: OfferClear, Clear
        return false;
      }
    }
  }

  @Override
  boolean mustWaitToReceive(long g, @Nullable Claim self) {
    // Model: FrontMustWait, EnqueueMustWait, MustWait
    return (g & CLOSED_BIT) == 0 && ((g & SENDERS) == 0 || !isSenderThere(g, self));
  }

  @Override
  boolean mustWaitToSend(long g, @Nullable Claim self) {
    // Model: FrontMustWait, EnqueueMustWait, MustWait
    return (g & CLOSED_BIT) == 0 && ((g & RECEIVERS) == 0 || !isReceiverThere(g, self));
  }

  @Override
  public boolean isQuietToReceive(long stamp) {
    return (stamp & CLOSED_BIT) == 0 && ((stamp & SENDERS) == 0 || !isSenderThere(stamp, null));
  }

  @Override
  public boolean isQuietToSend(long stamp) {
    return (stamp & CLOSED_BIT) == 0 && ((stamp & RECEIVERS) == 0 || !isReceiverThere(stamp, null));
  }

  @Override
  long nextVersion(long g) {
    return g + VERSION_UNIT;
  }

  @Override
  long closed(long g) {
    return g | CLOSED_BIT;
  }

  @Override
  boolean settle() {
    return true;
  }

  @Override
  boolean look(boolean receiving) {
    return false; // unseen, it would look in vain: the peer does not come before it sees a waiter
  }

  @Override
  boolean isPatient() {
    return isWarm();
  }

  @Override
  public int len() {
    return 0;
  }

  @Override
  public int cap() {
    return 0;
  }
}
