package io.channel4j.internal;

import io.channel4j.ChannelPanic;
import org.jspecify.annotations.Nullable;

/** The nil channel: never ready. A select leaves its cases out before it comes here. */
public final class NilChannel<T extends @Nullable Object> extends ChannelBase<T> {
  static final NilChannel<?> INSTANCE = new NilChannel<@Nullable Object>();

  private NilChannel() {
    super(null);
  }

  @Override
  public Object poll(boolean exact) {
    return NOT_READY;
  }

  @Override
  public boolean offer(Object element, boolean exact) {
    return false;
  }

  @Override
  Object awaitPoll(boolean timed, long deadline) throws InterruptedException {
    awaitNothing(WaitReason.CHAN_RECEIVE_NIL, timed, deadline);
    return NOT_READY;
  }

  @Override
  boolean awaitOffer(Object element, boolean timed, long deadline) throws InterruptedException {
    awaitNothing(WaitReason.CHAN_SEND_NIL, timed, deadline);
    return false;
  }

  private static void awaitNothing(WaitReason reason, boolean timed, long deadline)
      throws InterruptedException {
    if (Parker.awaitNothing(reason, timed, deadline) == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
  }

  @Override
  public Waiter lendReceiver(Claim claim, int epoch, int index) {
    throw new AssertionError("a nil channel has no places");
  }

  @Override
  public Waiter lendSender(Claim claim, int epoch, int index, Object element) {
    throw new AssertionError("a nil channel has no places");
  }

  @Override
  public boolean enqueueReceiver(Waiter w) {
    return true; // waits, where nobody will ever come
  }

  @Override
  public boolean enqueueSender(Waiter w) {
    return true;
  }

  @Override
  public long stamp() {
    return 0;
  }

  @Override
  public boolean isQuietToReceive(long stamp) {
    return true;
  }

  @Override
  public boolean isQuietToSend(long stamp) {
    return true;
  }

  @Override
  public void helpClose() {}

  @Override
  public int waitingReceivers() {
    return 0;
  }

  @Override
  public int waitingSenders() {
    return 0;
  }

  @Override
  public int linkedPlaces() {
    return 0;
  }

  @Override
  public void close() {
    throw new ChannelPanic.CloseOfNil();
  }

  @Override
  public int len() {
    return 0;
  }

  @Override
  public int cap() {
    return 0;
  }

  @Override
  public String toString() {
    return "chan(nil)";
  }
}
