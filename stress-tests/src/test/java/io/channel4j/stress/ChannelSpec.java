package io.channel4j.stress;

import java.util.ArrayDeque;
import java.util.Queue;

/** What the operations that do not wait may answer on one channel: Go's rules, for one thread. */
abstract class ChannelSpec {
  private final int capacity;
  private final Queue<Integer> values = new ArrayDeque<>();
  private boolean closed;

  ChannelSpec(int capacity) {
    this.capacity = capacity;
  }

  public String trySend(int value) {
    if (closed) {
      return Ops.PANIC;
    }
    if (values.size() == capacity) {
      return Ops.NOT_READY;
    }
    values.add(value);
    return Ops.SENT;
  }

  /** Where all values are alike. */
  public String trySend() {
    return trySend(1);
  }

  public Object tryReceive() {
    Integer v = values.poll();
    return v != null ? v : closed ? Ops.CLOSED : Ops.NOT_READY;
  }

  public Object selectSend(int value) {
    return trySend(value);
  }

  public Object selectReceive() {
    return tryReceive();
  }

  public String close() {
    if (closed) {
      return Ops.PANIC;
    }
    closed = true;
    return Ops.CLOSED;
  }

  public int len() {
    return values.size();
  }

  /** An unbuffered channel on which nobody waits. */
  public static final class Of0 extends ChannelSpec {
    public Of0() {
      super(0);
    }
  }

  /** One slot. */
  public static final class Of1 extends ChannelSpec {
    public Of1() {
      super(1);
    }
  }

  /** Two slots. */
  public static final class Of2 extends ChannelSpec {
    public Of2() {
      super(2);
    }
  }
}
