package io.channel4j.docs;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Program;
import io.channel4j.sync.ErrGroup;
import io.channel4j.sync.OnceValue;
import io.channel4j.sync.WaitGroup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/channel-or-mutex.md, and that it does what is said there. */
@NullUnmarked
class ChannelOrMutexTest {

  // snippet:counter
  /** Guards state: a lock. */
  static final class Counter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Integer> counts = new HashMap<>(); // guarded by lock

    void increment(String name) {
      lock.lock();
      try {
        counts.merge(name, 1, Integer::sum);
      } finally {
        lock.unlock(); // Go: defer mu.Unlock()
      }
    }

    int count(String name) {
      lock.lock();
      try {
        return counts.getOrDefault(name, 0);
      } finally {
        lock.unlock();
      }
    }
  }

  // end:counter

  @Test
  void aLockGuardsState() throws InterruptedException {
    var counter = new Counter();
    var wg = new WaitGroup();
    for (int i = 0; i < 100; i++) {
      wg.go(() -> counter.increment("hits"));
    }
    wg.await();
    assertEquals(100, counter.count("hits"));
  }

  @Test
  void aChannelHandsOver() throws Exception {
    var printed = new ArrayList<String>();
    Program.builder()
        .build()
        .run(
            () -> {
              // snippet:handover
              Channel<StringBuilder> filled = Channel.make();
              var wg = new WaitGroup();
              wg.go(
                  () -> {
                    for (StringBuilder page : filled) {
                      printed.add(page.append('.').toString()); // it is ours now
                    }
                  });
              for (String word : List.of("one", "two")) {
                filled.send(new StringBuilder(word)); // and not ours any more
              }
              filled.close();
              wg.await();
              // end:handover
            });
    assertEquals(List.of("one.", "two."), printed);
  }

  @Test
  void aSemaphoreIsTheMutexOfGo() throws InterruptedException {
    // snippet:mutex
    var mutex = new Semaphore(1); // java.util.concurrent
    mutex.acquire(); // a second acquire in this thread would wait
    go(mutex::release).join(); // another thread may unlock
    // end:mutex
    assertTrue(mutex.tryAcquire());
    assertFalse(mutex.tryAcquire());
  }

  // snippet:condition
  static final class Inbox<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Queue<T> items = new ArrayDeque<>(); // guarded by lock

    void put(T item) {
      lock.lock();
      try {
        items.add(item);
        notEmpty.signal(); // with the lock held; Go does not ask for that
      } finally {
        lock.unlock();
      }
    }

    T take() throws InterruptedException {
      lock.lock();
      try {
        while (items.isEmpty()) { // always a loop: Java's await may return for no reason
          notEmpty.await();
        }
        return items.remove();
      } finally {
        lock.unlock();
      }
    }
  }

  // end:condition

  @Test
  void aConditionWakesWhoWaits() throws Exception {
    Program.builder()
        .build()
        .run(
            () -> {
              var inbox = new Inbox<Integer>();
              go(
                  () -> {
                    for (int i = 0; i < 100; i++) {
                      inbox.put(i);
                    }
                  });
              for (int i = 0; i < 100; i++) {
                assertEquals(i, inbox.take());
              }
            });
  }

  @Test
  void groups() throws Exception {
    var done = new ArrayList<String>();
    // snippet:groups
    var wg = new WaitGroup(); // wait for all; a failure is a panic of the program
    wg.go(() -> done.add("this"));
    wg.await();

    try (var group = new ErrGroup()) { // wait for all; a failure is thrown here
      group.go(
          () -> {
            throw new IOException("disk");
          });
      assertThrows(IOException.class, group::<IOException>await);
    }
    // end:groups
    assertEquals(List.of("this"), done);
  }

  @Test
  void once() {
    // snippet:once
    var parser = new OnceValue<>(() -> new StringBuilder("parser")); // made by the first get
    assertEquals("parser", parser.get().toString());
    // end:once
  }
}
