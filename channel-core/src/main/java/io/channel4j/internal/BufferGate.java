package io.channel4j.internal;

/** The gate of a buffered channel: its fields, and what becomes of them at each step. */
final class BufferGate {
  /*
   *   63     52 51      13+b 12+b  13 12   8 7    3     2        1        0
   *   | offered | version   | count  | hand | held | SENDERS RECEIVERS CLOSED |
   *
   * count     values granted to the buffer and not yet to a receiver; b bits, as many as the capacity
   *           has, which a count mask has set
   * held      slots that receivers hold for waiting senders, and that anybody may fill
   * hand      slots that were held and that one thread is about to fill or to give up
   * offered   values ever granted to the buffer, modulo 2^12
   * version   and flags: see GatedChannel
   *
   * Nothing checks for an overflow: count + held + hand is never more than the capacity, and who adds
   * to held or hand has seen that there is room in the field.
   */
  private static final int HELD_BITS = 5;
  private static final int HAND_BITS = 5;
  private static final int HAND_SHIFT = GatedChannel.FLAG_BITS + HELD_BITS;
  private static final int COUNT_SHIFT = HAND_SHIFT + HAND_BITS;
  private static final int OFFERED_SHIFT = 52;
  private static final long HELD_UNIT = 1L << GatedChannel.FLAG_BITS;
  private static final long HELD_MASK = ((1L << HELD_BITS) - 1) << GatedChannel.FLAG_BITS;
  private static final long HAND_UNIT = 1L << HAND_SHIFT;
  private static final long HAND_MASK = ((1L << HAND_BITS) - 1) << HAND_SHIFT;
  private static final long COUNT_UNIT = 1L << COUNT_SHIFT;
  private static final long OFFERED_UNIT = 1L << OFFERED_SHIFT;

  private BufferGate() {}

  // ---- fields

  static long countMask(int capacity) {
    return ((long) Integer.highestOneBit(capacity) * 2 - 1) << COUNT_SHIFT;
  }

  static int count(long g, long countMask) {
    return (int) ((g & countMask) >>> COUNT_SHIFT);
  }

  static int held(long g) {
    return (int) ((g & HELD_MASK) >>> GatedChannel.FLAG_BITS);
  }

  static int inHand(long g) {
    return (int) ((g & HAND_MASK) >>> HAND_SHIFT);
  }

  static boolean areSlotsKept(long g) {
    return (g & (HELD_MASK | HAND_MASK)) != 0;
  }

  /** 31 slots are held: there is no room in the field for another. */
  static boolean isHeldFull(long g) {
    return (g & HELD_MASK) == HELD_MASK;
  }

  /** 31 slots are in hands. */
  static boolean isHandFull(long g) {
    return (g & HAND_MASK) == HAND_MASK;
  }

  /** How many values have ever been granted, if that is less than 2^11 away from this number. */
  static long offered(long g, long near) {
    long difference = (g >>> OFFERED_SHIFT) - near; // in its last 12 bits
    return near + ((difference << OFFERED_SHIFT) >> OFFERED_SHIFT);
  }

  /** Whether every value that was granted has been put: the queue got so many. */
  static boolean allPut(long g, long put) {
    return put << OFFERED_SHIFT == (g & -OFFERED_UNIT);
  }

  // ---- steps

  /** A free slot is granted to a value. */
  static long granted(long g) {
    return g + OFFERED_UNIT + COUNT_UNIT;
  }

  /** A value is granted to a receiver, and its slot is free when that has taken it. */
  static long received(long g) {
    return g - COUNT_UNIT;
  }

  /** A value is granted to a receiver, and its slot is held for a waiting sender. */
  static long receivedAndHeld(long g) {
    return g - COUNT_UNIT + HELD_UNIT;
  }

  /** A held slot comes into a thread's hand. */
  static long takenInHand(long g) {
    return g - HELD_UNIT + HAND_UNIT;
  }

  /** A slot in a thread's hand is granted to the value of a sender that it has won. */
  static long grantedFromHand(long g) {
    return g - HAND_UNIT + OFFERED_UNIT + COUNT_UNIT;
  }

  /** A slot in a thread's hand is free: no sender waits. */
  static long givenUp(long g) {
    return (g - HAND_UNIT) & ~GatedChannel.SENDERS;
  }

  /** So many slots are held from now on. */
  static long withHeld(long g, long held) {
    return (g & ~HELD_MASK) | held * HELD_UNIT;
  }

  static long nextVersion(long g, long countMask) {
    long low = countMask | (COUNT_UNIT - 1);
    long versions = (OFFERED_UNIT - 1) & ~low;
    return (g & ~versions) | ((g + low + 1) & versions);
  }
}
