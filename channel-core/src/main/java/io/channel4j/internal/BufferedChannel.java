package io.channel4j.internal;

import io.channel4j.ChannelPanic;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
   *   63     52 51         13+b 12+b   13 12    3     2        1        0
   *   | offered | version      | count   | held  | SENDERS RECEIVERS CLOSED |
   *
   * count     values granted to the buffer and not yet to a receiver
   * held      slots that receivers hold for waiting senders, see admit
   * offered   values ever granted to the buffer, modulo 2^12
   *
   *   gate seen                        send                        receive
   *   CLOSED                           panics                      count > 0: takes; else closed
   *   RECEIVERS (count 0, held 0)      hands over, or clears       waits
   *   count 0                          count + 1, put              waits
   *   0 < count, count + held < cap    count + 1, put              count - 1, take
   *   count + held == cap              waits                       count - 1, take
   *   SENDERS (count + held == cap)    waits                       count - 1, held + 1, take, admit;
   *                                                                or clears
   *
   * Admit: a receiver that takes a value while senders wait holds the slot that becomes free, so that
   * no newcomer gets it. It wins the first live sender, turns the slot into a value (held - 1,
   * count + 1), and puts. If no sender is left it gives the slot up (held - 1, flag away). A close
   * leaves held what receivers have made room for by then, and admits for them, see closed.
   *
   * In transit. Between its CAS and its put or take a thread owns one slot that the queue does not show
   * yet. A stopped one holds up whoever needs that very slot or value: a take when all other values are
   * gone, a put when all other slots are full, and a try-operation or default whose answer depends on
   * it. "Full" is answered only when the queue itself holds capacity values, "empty" and "closed and
   * drained" only when no slot is held or in transit, at one instant with the gate. A receiver enqueues
   * only when nothing is in transit, so that a value handed to a waiter never overtakes one in the
   * queue.
   *
   * Order. Values leave in the order in which the queue got them. Two sends under way at once may get
   * there in either order. Waiting senders get there in the order in which they enqueued: a scan that
   * passes a sender being admitted waits for its put, up to a bound, so that only a sender whose
   * admitting thread has been stopped is overtaken, or sent away by a close although there was room.
   *
   * Not guaranteed: version and offered wrap around. A thread would have to be stopped between a scan
   * and its CAS while exactly a multiple of 2^(39-b) waiters enqueue and the rest of the gate comes
   * back as well (b = 5 for capacity 16, 31 for 2^30); 2,048 threads would have to be in transit at one
   * time to look like none.
   *
   * Differs from Go: one memmove from the blocked sender's stack into the slot, under the lock.
   */
  private static final int HELD_BITS = 10;
  private static final int OFFERED_SHIFT = 52;
  private static final int COUNT_SHIFT = FLAG_BITS + HELD_BITS;
  private static final long HELD_UNIT = 1L << FLAG_BITS;
  private static final long HELD_MASK = ((1L << HELD_BITS) - 1) << FLAG_BITS;
  private static final long COUNT_UNIT = 1L << COUNT_SHIFT;
  private static final long OFFERED_UNIT = 1L << OFFERED_SHIFT;
  private static final VarHandle TAKEN;

  static {
    try {
      TAKEN = MethodHandles.lookup().findVarHandle(BufferedChannel.class, "taken", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final long OFFERED_MODULUS = 1L << (Long.SIZE - OFFERED_SHIFT);

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
    this.countMask = ((long) Integer.highestOneBit(capacity) * 2 - 1) << COUNT_SHIFT;
  }

  private int count(long g) {
    return (int) ((g & countMask) >>> COUNT_SHIFT);
  }

  private static int held(long g) {
    return (int) ((g & HELD_MASK) >>> FLAG_BITS);
  }

  private boolean isFull(long g) {
    return count(g) + held(g) == capacity;
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
        long seen = (long) GATE.compareAndExchange(this, g, g - COUNT_UNIT);
        if (seen == g) {
          if (Seam.ON) {
            Seam.at("receive.granted");
          }
          return take(); // Model: ReceiveGranted
        }
        g = seen;
        continue;
      }
      if ((g & CLOSED_BIT) != 0) {
        releaseWaiters(g);
        if (held(g) == 0) {
          return CLOSED;
        }
        settle(); // Model: PollClosed
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
    if (firstSender(null) == null) { // Model: TakeAndAdmit
      GATE.compareAndSet(this, g, g & ~SENDERS); // Model: TakeAndAdmitClear
      return null;
    }
    if ((g & HELD_MASK) == HELD_MASK) {
      Parker.pause(pauses); // 1,023 threads are admitting: let one of them finish
      return null;
    }
    if (!GATE.compareAndSet(this, g, g - COUNT_UNIT + HELD_UNIT)) { // Model: TakeAndAdmitCas
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
    return e;
  }

  /** Fills a held slot from the first waiting sender, or gives it up. */
  private void admit() {
    for (; ; ) {
      long g = gate; // Model: Admit
      if (held(g) == 0) {
        return; // closed, and somebody else did it
      }
      Waiter w = winSender(); // Model: AdmitWin
      if (w == null) {
        if (GATE.compareAndSet(this, g, (g - HELD_UNIT) & ~SENDERS)) { // Model: AdmitGiveUp
          return;
        }
        continue;
      }
      if (Seam.ON) {
        Seam.at("admit.won");
      }
      if (grantHeldSlot(w)) {
        put(w.takeElement()); // Model: AdmitPut
      } else {
        w.value = CLOSED;
      }
      if (Seam.ON) {
        Seam.at("admit.put");
      }
      w.complete(); // Model: AdmitComplete
      return;
    }
  }

  /**
   * A held slot becomes a value, for a sender that was won. False if the channel is closed and the
   * slots that were held then have been filled.
   */
  private boolean grantHeldSlot(Waiter w) {
    for (int pauses = 0; ; ) {
      long g = gate; // Model: AdmitWon
      if (held(g) == 0) {
        return false;
      }
      if (!isRoomTaken(g)) {
        Parker.pause(pauses++);
        continue;
      }
      long next = g - HELD_UNIT + OFFERED_UNIT + COUNT_UNIT;
      if (isAloneInFront(SENDERS, w)) {
        next &= ~SENDERS;
      }
      if (GATE.compareAndSet(this, g, next)) { // Model: AdmitGrant
        return true;
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
    long held = held(g);
    if (held != 0) {
      long room = capacity - (ticket(g) - queue.currentConsumerIndex());
      held = Math.clamp(room, 0, held);
    }
    return (g & ~HELD_MASK) | held * HELD_UNIT | CLOSED_BIT;
  }

  @Override
  void settle() {
    while (held(gate) != 0) { // Model: Settle
      admit();
    }
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
        long seen = (long) GATE.compareAndExchange(this, g, g + OFFERED_UNIT + COUNT_UNIT);
        if (seen == g) {
          if (Seam.ON) {
            Seam.at("send.granted");
          }
          put(element); // Model: SendGranted
          return true;
        }
        g = seen;
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
   * Whether the receiver that made room for the next value has taken what it won. Until then its
   * slot is not free: which value it gets is decided when it takes, and a send that got ahead of it
   * would complete with capacity values before it that nobody has received.
   */
  private boolean isRoomTaken(long g) {
    long ticket = ticket(g);
    if (ticket - (long) TAKEN.getOpaque(this) < capacity) {
      return true;
    }
    long now = queue.currentConsumerIndex();
    TAKEN.setOpaque(this, now); // races may write an older count, which only costs another look
    return ticket - now < capacity;
  }

  /**
   * How many values have ever been granted to the buffer at this gate, which is the present one.
   */
  private long ticket(long g) {
    long put = queue.currentProducerIndex();
    return put + signed((g >>> OFFERED_SHIFT) - put);
  }

  /** A difference of two counts that are less than 2^11 apart, from its last 12 bits. */
  private static long signed(long difference) {
    return difference << OFFERED_SHIFT >> OFFERED_SHIFT;
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
      if (put == taken && held(g) == 0 && allPut(g, put)) {
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
      if (put - taken == capacity && taken == queue.currentConsumerIndex() && allPut(g, put)) {
        return gate == g;
      }
      Parker.pause(i);
    }
    return false;
  }

  private static boolean allPut(long g, long put) {
    return put % OFFERED_MODULUS == g >>> OFFERED_SHIFT;
  }

  // ---- waiting

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
    long low = countMask | (COUNT_UNIT - 1);
    long versions = (OFFERED_UNIT - 1) & ~low;
    return (g & ~versions) | ((g + low + 1) & versions);
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
    int last = 0;
    int looks = 0;
    for (; looks < Patience.GATE_LOOKS && Patience.mayLook(); looks++) {
      Patience.pauseBeforeLook(looks);
      long g = gate;
      int ready = receiving ? count(g) : capacity - count(g) - held(g);
      if ((g & CLOSED_BIT) != 0 || (ready > 0 && (ready == last || ready == capacity))) {
        return true;
      }
      if ((g & WAITERS) != 0) {
        break; // others wait already: queue up
      }
      last = ready;
    }
    if (looks == 0) {
      return false; // others need this core: queue up behind them
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
