package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;

/** What the JDK itself has: ArrayBlockingQueue, and SynchronousQueue in place of capacity 0. */
public final class JucPeer implements Peer {
  @Override
  public String name() {
    return "juc";
  }

  @Override
  public Chan make(int capacity) {
    return new Queue(capacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(capacity));
  }

  private record Queue(BlockingQueue<Integer> queue) implements Chan {
    @Override
    public void send(Integer value) throws InterruptedException {
      queue.put(value);
    }

    @Override
    public Integer receive() throws InterruptedException {
      return queue.take();
    }
  }
}
