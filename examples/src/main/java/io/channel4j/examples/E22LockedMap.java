package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * State inside one object: a lock reads better than a channel.
 *
 * <p>Java's own locks do that. One difference to know: Go's Mutex is not reentrant, and a goroutine
 * that locks it twice waits for itself.
 */
public final class E22LockedMap {
  private E22LockedMap() {}

  /** Reads and writes under locks, then locks twice. */
  public static void main(String[] args) throws InterruptedException {
    var map = new LockedMap();
    map.update("ichigo", 18);
    map.update("rukia", 233);
    System.out.println("rukia: " + map.read("rukia"));

    var counter = new Counter();
    var counts = new ConcurrentHashMap<String, Integer>(); // Go: sync.Map, or a map and an RWMutex
    Channel<Void> ended = Channel.make(10);
    for (int i = 0; i < 10; i++) {
      go(
          () -> {
            for (int n = 0; n < 100; n++) {
              counter.increment();
              counts.merge("rukia", 1, Integer::sum);
            }
            ended.send(null);
          });
    }
    for (int i = 0; i < 10; i++) {
      ended.receive();
    }
    System.out.println("counted to " + counter.value() + " and to " + counts.get("rukia"));

    var lock = new ReentrantLock();
    System.out.println("ReentrantLock: " + lock.tryLock() + ", again: " + lock.tryLock());
    Channel<Void> mutex = Channel.make(1); // like Go's Mutex: it does not know who holds it
    System.out.println("mutex: " + mutex.trySend(null) + ", again: " + mutex.trySend(null));
  }

  /** Go: {@code type ConcurrentMap2 struct { l sync.RWMutex; m map[string]int }}. */
  private static final class LockedMap {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Integer> map = new HashMap<>();

    void update(String name, int value) {
      Lock write = lock.writeLock();
      write.lock();
      try { // Go: defer l.Unlock()
        map.put(name, value);
      } finally {
        write.unlock();
      }
    }

    Integer read(String name) {
      Lock read = lock.readLock();
      read.lock();
      try {
        return map.get(name);
      } finally {
        read.unlock();
      }
    }
  }

  /** The lock is nobody else's business. */
  private static final class Counter {
    private int value;

    synchronized void increment() {
      value++;
    }

    synchronized int value() {
      return value;
    }
  }
}
