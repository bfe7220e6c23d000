package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Shape;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The bare hand-over, as a limit: what it costs in this JDK that one of two threads parks and the
 * other one unparks it. One sender and one receiver at a time, no buffer, close, select, interrupt
 * or timeout, and no looking before a park. A library that blocks threads can be faster only by not
 * parking.
 */
public final class ParkPeer implements Peer {

  @Override
  public String name() {
    return "park";
  }

  @Override
  public boolean supports(Shape shape) {
    return switch (shape.kind()) {
      case CROWD -> shape.capacity() == 0 && shape.width() == 1;
      case PING_PONG, PAIRS, CHAIN -> shape.capacity() == 0;
      default -> false;
    };
  }

  @Override
  public Chan make(int capacity) {
    return new HandOver();
  }

  /** Whoever comes first waits in its place, which the other one takes out of first. */
  private static final class HandOver implements Chan {
    private static final VarHandle FIRST;

    static {
      try {
        FIRST = MethodHandles.lookup().findVarHandle(HandOver.class, "first", Place.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final Place sender = new Place();
    private final Place receiver = new Place();
    private volatile @Nullable Place first;

    private static final class Place {
      @Nullable Thread owner;
      volatile @Nullable Integer value;
    }

    @Override
    public Object channel() {
      return this;
    }

    @Override
    public void send(Integer value) {
      Place peer = first;
      if (peer == null) {
        Place mine = sender;
        mine.owner = Thread.currentThread();
        mine.value = value;
        if (FIRST.compareAndSet(this, null, mine)) {
          while (mine.value != null) {
            LockSupport.park(this);
          }
          return;
        }
        mine.value = null;
        peer = receiver;
      }
      Thread owner = peer.owner;
      first = null;
      peer.value = value;
      LockSupport.unpark(owner);
    }

    @Override
    public Integer receive() {
      Place peer = first;
      if (peer == null) {
        Place mine = receiver;
        mine.owner = Thread.currentThread();
        if (FIRST.compareAndSet(this, null, mine)) {
          Integer value = mine.value;
          for (; value == null; value = mine.value) {
            LockSupport.park(this);
          }
          mine.value = null;
          return value;
        }
        peer = sender;
      }
      Thread owner = peer.owner;
      Integer value = peer.value;
      if (value == null) {
        throw new IllegalStateException("a second sender or receiver");
      }
      first = null;
      peer.value = null;
      LockSupport.unpark(owner);
      return value;
    }
  }
}
