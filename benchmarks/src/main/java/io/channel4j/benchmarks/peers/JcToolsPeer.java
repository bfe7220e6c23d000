package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Shape;
import org.jctools.queues.varhandle.MpmcVarHandleArrayQueue;

/**
 * The bare queue, as a limit: no blocking, no close, no select, and a capacity rounded up to a
 * power of two. Waiting is a busy loop, so only two threads may take part.
 */
public final class JcToolsPeer implements Peer {
  private static final int SPINS = 100;

  @Override
  public String name() {
    return "jctools";
  }

  @Override
  public boolean supports(Shape shape) {
    return shape.capacity() >= 2
        && (shape.kind() == Shape.Kind.FILL
            || (shape.kind() == Shape.Kind.CROWD && shape.width() == 1));
  }

  @Override
  public Chan make(int capacity) {
    return new Queue(new MpmcVarHandleArrayQueue<>(capacity));
  }

  private record Queue(MpmcVarHandleArrayQueue<Integer> queue) implements Chan {
    @Override
    public void send(Integer value) {
      for (int i = 1; !queue.offer(value); i++) {
        waitABit(i);
      }
    }

    @Override
    public Integer receive() {
      for (int i = 1; ; i++) {
        Integer value = queue.poll();
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
