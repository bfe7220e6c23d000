package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Shape;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * The bare queue, as a limit: no blocking, no close, no select, and a capacity rounded up to a
 * power of two, at least 2. Waiting is a busy loop, so no more threads may wait for each other than
 * there are cores: only those shapes are here.
 */
public final class JcToolsPeer implements Peer {
  private static final int SPINS = 100;

  @Override
  public String name() {
    return "jctools";
  }

  @Override
  public boolean supports(Shape shape) {
    return switch (shape.kind()) {
      case CROWD -> shape.capacity() >= 2 && shape.width() == 1;
      case FILL, MAKE_CHAN, CHAN_UNCONTENDED, CHAN_CONTENDED -> true;
      default -> false;
    };
  }

  @Override
  public Chan make(int capacity) {
    return new Queue(new MpmcVarHandleArrayQueue<>(capacity));
  }

  private record Queue(MpmcVarHandleArrayQueue<Integer> channel) implements Chan {
    @Override
    public void send(Integer value) {
      for (int i = 1; !channel.offer(value); i++) {
        waitABit(i);
      }
    }

    @Override
    public Integer receive() {
      for (int i = 1; ; i++) {
        Integer value = channel.poll();
        if (value != null) {
          return value;
        }
        waitABit(i);
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a yield is all there is to wait with
    private static void waitABit(int i) {
      if (i % SPINS == 0) {
        Thread.yield(); // with one carrier the other thread could never run
      } else {
        Thread.onSpinWait();
      }
    }
  }
}
