package io.channel4j.internal;

import io.channel4j.ChannelPanic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import org.jctools.queues.varhandle.unpadded.MpmcVarHandleUnpaddedArrayQueue;
import org.jspecify.annotations.Nullable;

/** A channel with a buffer of exactly {@code capacity} values, which live in a JCTools queue. */
final class BufferedChannel<T extends @Nullable Object> extends GatedChannel<T> {
  /*
   * The gate decides, the queue carries. A sender wins a slot by count + 1 and then puts into the
   * queue, which has room; a receiver wins a value by count - 1 and then takes from the queue, which
   * has one or gets it in a moment. A send takes effect at its CAS, a receive at its take: so a slot
   * is free for the next send when the value has been taken, see isRoomTaken. The queue's
   * power-of-two size does not matter.
   *
   * The fields of the gate are in BufferGate. What is done at a gate that shows:
   *
   *   gate seen, u = held + hand       send                        receive
   *   CLOSED                           panics                      count > 0: takes; else closed
   *   RECEIVERS (count 0, u 0)         hands over, or clears       waits
   *   count 0                          count + 1, put              waits
   *   0 < count, count + u < cap       count + 1, put              count - 1, take
   *   count + u == cap                 waits                       count - 1, take
   *   SENDERS (count + u == cap)       waits                       count - 1, held + 1, take, admit;
   *                                                                or clears
   *
   * Admit: a receiver that takes a value while senders wait holds the slot that becomes free, so that
   * no newcomer gets it. When it has taken, it takes a held slot into its hand (held - 1, hand + 1),
   * wins the first live sender, turns the slot into a value (hand - 1, count + 1), and puts. If no
   * sender is left it gives the slot up (hand - 1, flag away). A slot in a hand is that thread's alone,
   * and comes there before a sender is won for it: who has won one can let it in.
   *
   * Close leaves held what receivers have made room for by then, see closed, and fills that; so does
   * everybody who comes. Then it sends the other senders away, unless a slot is in somebody's hand: it
   * may be for one of them. Once closed no slot comes to be held, so a last one leaves a hand: whose
   * it was has seen the channel closed, or reads the gate after that, and sends them away.
   *
   * In transit. Between its CAS and its put or take a thread owns one slot that the queue does not show
   * yet. A stopped one holds up whoever needs that very slot or value: a take when all other values are
   * gone, a put when all other slots are full, and a try-operation or default whose answer depends on
   * it. One with a slot in its hand holds up "closed": to receivers when no value is left, and to the
   * senders that wait. 31 that hold slots hold up receives while senders wait. "Full" is answered only
   * when the queue itself holds capacity values, "empty" and "closed and drained" only when no slot is
   * held or in transit, at one instant with the gate. A receiver enqueues only when nothing is in
   * transit, so that a value handed to a waiter never overtakes one in the queue.
   *
   * Order. Values leave in the order in which the queue got them. Two sends under way at once may get
   * there in either order. Waiting senders get there in the order in which they enqueued: a scan that
   * passes a sender being admitted waits for its put, up to a bound, so that only a sender whose
   * admitting thread has been stopped is overtaken.
   *
   * Not guaranteed: version and offered wrap around. A thread would have to be stopped between a scan
   * and its CAS while exactly a multiple of 2^(39-b) waiters enqueue and the rest of the gate comes
   * back as well (b = 5 for capacity 16, 31 for 2^30); 2,048 threads would have to be in transit at one
   * time to look like none.
   *
   * Differs from Go: one memmove from the blocked sender's stack into the slot, under the lock.
   */
  private static final VarHandle TAKEN;

  static {
    try {
      TAKEN = MethodHandles.lookup().findVarHandle(BufferedChannel.class, "taken", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final MpmcVarHandleUnpaddedArrayQueue<Object> queue;
  private final int capacity;
  private final long countMask;

  /** A lower bound of the queue's consumer index, so that not every put has to read that. */
  @SuppressWarnings("UnusedVariable") // by TAKEN
  private long taken;

  BufferedChannel(int capacity, @Nullable Object zero) {
    super(zero);
    this.capacity = capacity;
    this.queue = new MpmcVarHandleUnpaddedArrayQueue<>(Math.max(2, capacity));
    this.countMask = BufferGate.countMask(capacity);
  }

  private int count(long g) {
    return BufferGate.count(g, countMask);
  }

  private int free(long g) {
    return capacity - count(g) - BufferGate.held(g) - BufferGate.inHand(g);
  }

  private boolean isFull(long g) {
    return free(g) == 0;
  }

  // ---- receive

  @Override
  public Object poll(boolean exact) {
    int pauses = 0;
    long g = gate; // Model: Poll
    for (; ; ) {
      if ((g & countMask) != 0) {
        if ((g & (SENDERS | CLOSED_BIT)) == SENDERS) {
          Object e = takeAndAdmit(g, pauses++);
          if (e != null) {
            return e;
          }
          g = gate;
          continue;
        }
        if (GATE.compareAndSet(this, g, BufferGate.received(g))) {
          if (Seam.ON) {
            Seam.at("receive.granted");
          }
          return take(); // Model: ReceiveGranted
        }
        Patience.letOthersGoOn();
        g = gate;
        continue;
      }
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g);
        if (!BufferGate.areSlotsKept(g)) {
          return CLOSED;
        }
        if (!settle()) { // Model: PollClosed
          Parker.pause(pauses++); // somebody has a slot in his hand, and maybe a value for it
        }
      } else if (!exact || isDrained(g)) {
        return NOT_READY;
      }
      g = gate;
    }
  }

  private Object take() {
    Object e = queue.relaxedPoll();
    for (int i = 0; e == null; i++) {
      Parker.pause(i);
      e = queue.relaxedPoll();
    }
    return e;
  }

  /** SENDERS was seen in g. Null says: look again. */
  private @Nullable Object takeAndAdmit(long g, int pauses) {
    if (!isSenderThere(g, null)) { // Model: TakeAndAdmit
      GATE.compareAndSet(this, g, g & ~SENDERS); // Model: TakeAndAdmitClear
      return null;
    }
    if (BufferGate.isHeldFull(g)) {
      Parker.pause(pauses); // 31 threads are about to admit: let one of them
      return null;
    }
    if (!GATE.compareAndSet(this, g, BufferGate.receivedAndHeld(g))) { // Model: TakeAndAdmitCas
      return null;
    }
    if (Seam.ON) {
      Seam.at("receive.admitting");
    }
    Object e = take(); // Model: ReceiveAdmitting
    if (Seam.ON) {
      Seam.at("receive.taken");
    }
    admit();
    if ((gate & CLOSED_BIT) != 0) { // Model: AdmitOver
      helpClose(); // a close that saw a slot in our hand has left the senders to us
    }
    return e;
  }

  /** Fills a held slot from the first waiting sender, or gives it up. */
  private void admit() {
    long g = takeInHand(); // Model: Admit
    if (g == 0) {
      return;
    }
    if (Seam.ON) {
      Seam.at("admit.inHand");
    }
    Waiter w = winSender(0); // Model: AdmitWin
    while (w == null) {
      if (GATE.compareAndSet(this, g, BufferGate.givenUp(g))) { // Model: AdmitGiveUp
        return;
      }
      g = gate;
      w = winSender(0);
    }
    if (Seam.ON) {
      Seam.at("admit.won");
    }
    grantSlotInHand(w);
    put(w.takeElement()); // Model: AdmitPut
    if (Seam.ON) {
      Seam.at("admit.put");
    }
    w.complete(); // Model: AdmitComplete
  }

  /**
   * The gate with a held slot in this thread's hand; 0 if none is held: closed, and others did it.
   */
  private long takeInHand() {
    for (int pauses = 0; ; ) {
      long g = gate;
      if (BufferGate.held(g) == 0) {
        return 0;
      }
      if (!isRoomTaken(g) || BufferGate.isHandFull(g)) {
        Parker.pause(pauses++); // a newcomer had our room, so another is to come; or 31 admit
        continue;
      }
      long next = BufferGate.takenInHand(g);
      if (GATE.compareAndSet(this, g, next)) {
        return next;
      }
    }
  }

  /** The slot in this thread's hand becomes a value, for a sender that was won. */
  private void grantSlotInHand(Waiter w) {
    for (; ; ) {
      long g = gate; // Model: AdmitWon
      long next = BufferGate.grantedFromHand(g);
      if (isAloneInFront(SENDERS, w)) {
        next &= ~SENDERS;
      }
      if (GATE.compareAndSet(this, g, next)) { // Model: AdmitGrant
        return;
      }
    }
  }

  /**
   * A receive that has taken its value has let in the first waiting sender, whatever becomes of its
   * thread: its slot stays held, and whoever comes fills it. One that takes its value after the
   * close lets nobody in. As to those that take while this is computed, the close may have been
   * before them.
   */
  @Override
  long closed(long g) {
    long held = BufferGate.held(g);
    if (held != 0) {
      long room = capacity - (ticket(g) - queue.currentConsumerIndex()) - BufferGate.inHand(g);
      held = Math.clamp(room, 0, held);
    }
    return BufferGate.withHeld(g, held) | CLOSED_BIT;
  }

  @Override
  boolean settle() {
    while (BufferGate.held(gate) != 0) { // Model: Settle
      admit();
    }
    return BufferGate.inHand(gate) == 0;
  }

  // ---- send

  @Override
  public boolean offer(Object element, boolean exact) {
    int pauses = 0;
    long g = gate; // Model: Offer
    for (; ; ) {
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g);
        throw new ChannelPanic.SendOnClosed();
      }
      if ((g & RECEIVERS) != 0) {
        if (handOver(g, element)) { // Model: HandOver
          return true;
        }
        GATE.compareAndSet(this, g, g & ~RECEIVERS); // Model: OfferClear
        g = gate;
        continue;
      }
      if (!isFull(g)) {
        if (!isRoomTaken(g)) {
          Parker.pause(pauses++); // a receiver in transit holds the last free slot
          g = gate;
          continue;
        }
        if (GATE.compareAndSet(this, g, BufferGate.granted(g))) {
          if (Seam.ON) {
            Seam.at("send.granted");
          }
          put(element); // Model: SendGranted
          return true;
        }
        Patience.letOthersGoOn();
        g = gate;
        continue;
      }
      if (!exact || isFilled(g)) {
        return false;
      }
      g = gate;
    }
  }

  private void put(Object element) {
    for (int i = 0; !queue.relaxedOffer(element); i++) {
      Parker.pause(i);
    }
  }

  /**
   * Whether the receiver that made room for one value more has taken what it won. Until then its
   * slot is not free: which value it gets is decided when it takes, and a send that got ahead of it
   * would complete with capacity values before it that nobody has received. The room for slots in
   * somebody's hand is spoken for.
   */
  private boolean isRoomTaken(long g) {
    long wanted = ticket(g) + BufferGate.inHand(g);
    if (wanted - (long) TAKEN.getOpaque(this) < capacity) {
      return true;
    }
    long now = queue.currentConsumerIndex();
    TAKEN.setOpaque(this, now); // races may write an older count, which only costs another look
    return wanted - now < capacity;
  }

  /**
   * How many values have ever been granted to the buffer at this gate, which is the present one.
   */
  private long ticket(long g) {
    return BufferGate.offered(g, queue.currentProducerIndex());
  }

  // ---- what is in transit

  /**
   * At a gate that counts no value: waits until no slot is held or in transit. True if that was so
   * while the gate was g.
   */
  private boolean isDrained(long g) {
    for (int i = 0; gate == g; i++) {
      long taken = queue.currentConsumerIndex();
      long put = queue.currentProducerIndex();
      if (put == taken && !BufferGate.areSlotsKept(g) && BufferGate.allPut(g, put)) {
        return gate == g;
      }
      Parker.pause(i);
    }
    return false;
  }

  /**
   * At a full gate: waits until no slot is held or in transit. True if the queue was full then and
   * the gate g.
   */
  private boolean isFilled(long g) {
    for (int i = 0; gate == g; i++) {
      long taken = queue.currentConsumerIndex();
      long put = queue.currentProducerIndex();
      if (put - taken == capacity
          && taken == queue.currentConsumerIndex()
          && BufferGate.allPut(g, put)) {
        return gate == g;
      }
      Parker.pause(i);
    }
    return false;
  }

  // ---- waiting

  /**
   * A receiver looks for senders before it takes, and no further than the first. It may have a slot
   * in its hand long after that, which a close and the answer "full" have to do with.
   */
  @Override
  public boolean looksForSenders() {
    return false;
  }

  @Override
  boolean mustWaitToReceive(long g, @Nullable Claim self) {
    // Model: FrontMustWait, EnqueueMustWait
    return (g & (countMask | CLOSED_BIT)) == 0 && isDrained(g);
  }

  @Override
  boolean mustWaitToSend(long g, @Nullable Claim self) {
    return (g & (CLOSED_BIT | RECEIVERS)) == 0 && isFull(g);
  }

  @Override
  public boolean isQuietToReceive(long stamp) {
    return (stamp & (countMask | CLOSED_BIT)) == 0 && isDrained(stamp);
  }

  @Override
  public boolean isQuietToSend(long stamp) {
    return (stamp & (CLOSED_BIT | RECEIVERS)) == 0 && isFull(stamp) && isFilled(stamp);
  }

  @Override
  long nextVersion(long g) {
    return BufferGate.nextVersion(g, countMask);
  }

  @Override
  boolean isPatient() {
    return capacity == 1 && isWarm(); // others look before they enqueue
  }

  /**
   * Looks for a batch: all the buffer can give, or as much as there is when the peer makes a break.
   * Two threads that take turns at a nearly empty buffer pay for the gate's cache line with every
   * value, and would do so for ever.
   */
  @Override
  boolean look(boolean receiving) {
    if (capacity == 1 || !isWarm()) {
      return false;
    }
    int drawn = ThreadLocalRandom.current().nextInt();
    if (Patience.leavesCore(drawn)) {
      Patience.leaveCore();
      return isReady(gate, receiving);
    }
    int last = 0;
    int looks = 0;
    boolean insists = false;
    for (int end = Patience.GATE_LOOKS; looks < end; looks++) {
      if (!insists && !Patience.mayLook()) {
        if (!mayInsist(drawn)) {
          break;
        }
        insists = true;
        end = looks + Patience.INSISTENT_GATE_LOOKS;
      }
      Patience.pauseBeforeLook(looks);
      long g = gate;
      int ready = receiving ? count(g) : free(g);
      if ((g & CLOSED_BIT) != 0 || (ready > 0 && (ready == last || ready == capacity))) {
        if (insists) {
          went(true);
        }
        return true;
      }
      if ((g & WAITERS) != 0) {
        if (insists) {
          return false;
        }
        break; // others wait already: queue up
      }
      last = ready;
    }
    if (looks == 0) {
      return false; // others need this core: queue up behind them
    }
    if (insists) {
      went(false);
    }
    Patience.stepAside();
    return isReady(gate, receiving);
  }

  private boolean isReady(long g, boolean receiving) {
    return (g & CLOSED_BIT) != 0 || (receiving ? (g & countMask) != 0 : !isFull(g));
  }

  @Override
  public int len() {
    return count(gate);
  }

  @Override
  public int cap() {
    return capacity;
  }
}
