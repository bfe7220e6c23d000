package io.channel4j.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A channel's two lists of waiters, and who in them is to be won. */
abstract sealed class ListedChannel<T extends @Nullable Object> extends ChannelBase<T>
    permits GatedChannel {
  /*
   * A place can be won from the moment it is open, before its owner has looked whether it has to wait.
   * That is right where the owner would have waited. It would not where somebody is parked on the
   * other side, since the two would meet. Then both flags are set in the gate, and only then:
   *
   *   if somebody is parked on the other side, only who is parked, too, is there to be won.
   *
   * Parked: the owner has enqueued wherever it wants to be. Two that could meet, and have enqueued, are
   * of one select: whoever came second has looked, and found the other.
   */
  static final long RECEIVERS = 2;
  static final long SENDERS = 4;
  static final long WAITERS = RECEIVERS | SENDERS;

  private static final VarHandle RECEIVER_LIST;
  private static final VarHandle SENDER_LIST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      RECEIVER_LIST = lookup.findVarHandle(ListedChannel.class, "receivers", WaiterList.class);
      SENDER_LIST = lookup.findVarHandle(ListedChannel.class, "senders", WaiterList.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Made by the first waiter; a flag in the gate implies that its list is there. */
  private volatile @Nullable WaiterList receivers;

  private volatile @Nullable WaiterList senders;

  ListedChannel(@Nullable Object zero) {
    super(zero);
  }

  // ---- made and dropped

  final WaiterList receivers() {
    WaiterList list = receivers;
    return list == null ? make(RECEIVER_LIST, false) : list;
  }

  final WaiterList senders() {
    WaiterList list = senders;
    return list == null ? make(SENDER_LIST, cap() > 0) : list;
  }

  private WaiterList make(VarHandle field, boolean inOrder) {
    WaiterList made = new WaiterList(inOrder, inOrder ? null : this);
    WaiterList other = (WaiterList) field.compareAndExchange(this, null, made);
    return other == null ? made : other;
  }

  /** After close, when all have been told. */
  final void dropReceivers() {
    receivers = null;
  }

  final void dropSenders() {
    senders = null;
  }

  // ---- who is to be won

  /**
   * Whether a receiver waits, other than this select; false if there was an instant without one.
   */
  final boolean isReceiverThere(long g, @Nullable Claim self) {
    return isAnyThere(receivers, senders, g, self);
  }

  /** Whether a sender waits, other than this select; false if there was an instant without one. */
  final boolean isSenderThere(long g, @Nullable Claim self) {
    return isAnyThere(senders, receivers, g, self);
  }

  private static boolean isAnyThere(
      @Nullable WaiterList list, @Nullable WaiterList others, long g, @Nullable Claim self) {
    return list != null && !isStillToLook(list, others, g) && list.firstLiveBut(self) != null;
  }

  /**
   * Whether whoever can be won in this list has a place and has not looked yet whether it must
   * wait: it must not, since somebody is parked on the other side. That takes both flags, and is
   * rare.
   */
  private static boolean isStillToLook(WaiterList list, @Nullable WaiterList others, long g) {
    return isAnyParked(others, g) && !list.isAnyParked() && list.firstLive() != null;
  }

  private static boolean isAnyParked(@Nullable WaiterList others, long g) {
    return (g & WAITERS) == WAITERS && others != null && others.isAnyParked();
  }

  /** Whether there is no receiver to be won; if not, {@link #winReceiver} knows. */
  final boolean isNoReceiver(long g) {
    WaiterList list = receivers;
    return (g & RECEIVERS) == 0 || (list != null && isStillToLook(list, senders, g));
  }

  /** Whether there is no sender to be won; if not, {@link #winSender} knows. */
  final boolean isNoSender(long g) {
    WaiterList list = senders;
    return (g & SENDERS) == 0 || (list != null && isStillToLook(list, receivers, g));
  }

  /** Wins the first waiting receiver; null if there was an instant without one. */
  final @Nullable Waiter winReceiver(long g) {
    WaiterList list = receivers;
    return list == null ? null : list.winFirst(isAnyParked(senders, g));
  }

  /** Wins the first waiting sender; null if there was an instant without one. */
  final @Nullable Waiter winSender(long g) {
    WaiterList list = senders;
    return list == null ? null : list.winFirst(isAnyParked(receivers, g));
  }

  /** Whether w is the front waiter on the side of this flag, with nobody behind it. */
  final boolean isAloneInFront(long flag, Waiter w) {
    WaiterList list = flag == RECEIVERS ? receivers : senders;
    return list != null && list.isAloneInFront(w);
  }

  // ---- close

  /**
   * The sides of which somebody has to wait at the close for late peers to tell of it whom they
   * win: else who was won may not have looked yet, and a buffer may have a value for him.
   */
  final long toldByPeers() {
    return cap() == 0 ? WAITERS : RECEIVERS;
  }

  /** See WaiterList, Close. */
  final void markThoseWon() {
    markThoseWon(receivers);
    markThoseWon(senders);
  }

  private static void markThoseWon(@Nullable WaiterList list) {
    if (list != null) {
      list.markThoseWon();
    }
  }

  /** Whether a close has begun to send waiters away; see WaiterList, Close. */
  abstract boolean isReleasing();

  // ---- counts

  @Override
  public final int waitingReceivers() {
    return waiting(receivers, RECEIVERS);
  }

  @Override
  public final int waitingSenders() {
    return waiting(senders, SENDERS);
  }

  /** Who has opened his place but has not set the flag yet does not wait: nobody looks for him. */
  private int waiting(@Nullable WaiterList list, long flag) {
    int open = list == null ? 0 : list.count();
    return (stamp() & flag) == 0 ? 0 : open; // read last: the flag is set after the place is opened
  }

  @Override
  public final int linkedPlaces() {
    WaiterList r = receivers;
    WaiterList s = senders;
    return (r == null ? 0 : r.cells()) + (s == null ? 0 : s.cells());
  }
}
