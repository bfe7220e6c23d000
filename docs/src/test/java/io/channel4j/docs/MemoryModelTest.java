package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/memory-model.md, and that it does what is said there. */
@NullUnmarked
class MemoryModelTest {
  // snippet:plain
  private final List<String> names = new ArrayList<>(); // neither volatile nor synchronized
  // end:plain

  private int counter;

  @Test
  void closeAfterWriting() throws InterruptedException {
    // snippet:close
    Channel<Void> written = Channel.make();
    Thread.startVirtualThread(
        () -> {
          names.add("Ada");
          written.close();
        });
    written.receive();
    assertEquals(List.of("Ada"), names);
    // end:close
  }

  @Test
  void mutex() throws InterruptedException {
    // snippet:mutex
    Channel<Object> mutex = Channel.make(1);
    Object token = new Object();
    // end:mutex
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (int n = 0; n < 1_000; n++) {
                  try {
                    // snippet:locked
                    mutex.send(token);
                    counter++;
                    mutex.receive();
                    // end:locked
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(8_000, counter);
  }
}
