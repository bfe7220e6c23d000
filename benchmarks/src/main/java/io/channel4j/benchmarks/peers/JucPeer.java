package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import java.util.EnumSet;
import java.util.Set;
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
  public Set<Feature> features() {
    return EnumSet.of(Feature.TRY);
  }

  @Override
  public Chan make(int capacity) {
    return new Queue(capacity == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(capacity));
  }

  private record Queue(BlockingQueue<Integer> channel) implements Chan {
    @Override
    public void send(Integer value) throws InterruptedException {
      channel.put(value);
    }

    @Override
    public Integer receive() throws InterruptedException {
      return channel.take();
    }

    @Override
    public boolean trySend(Integer value) {
      return channel.offer(value);
    }

    @Override
    public int tryReceive() {
      Integer value = channel.poll();
      return value == null ? NOT_READY : value;
    }
  }
}
