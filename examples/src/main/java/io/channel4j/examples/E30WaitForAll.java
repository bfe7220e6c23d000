package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The rules of a WaitGroup. Add before the goroutine starts, not in it.
 *
 * <p>An add within the goroutine may come after the wait: then nobody is waited for. {@code
 * wg.go(body)} adds, starts, and is done at the end, whatever the body throws.
 */
public final class E30WaitForAll {
  private E30WaitForAll() {}

  /** Waits for goroutines in three ways, and breaks the rules in two. */
  public static void main(String[] args) throws InterruptedException {
    var ended = new AtomicInteger();
    var wg = new WaitGroup();
    for (int i = 0; i < 10; i++) {
      wg.add(1);
      go(
          () -> {
            try {
              ended.incrementAndGet();
            } finally {
              wg.done(); // Go: defer wg.Done()
            }
          });
    }
    wg.await();
    System.out.println("one by one: " + ended);

    wg.add(10); // all at once; a WaitGroup may be used again
    for (int i = 0; i < 10; i++) {
      go(
          () -> {
            ended.incrementAndGet();
            wg.done();
          });
    }
    wg.await();
    System.out.println("all at once: " + ended);

    for (int i = 0; i < 10; i++) {
      wg.go(ended::incrementAndGet);
    }
    wg.await();
    System.out.println("with go: " + ended);

    var late = new WaitGroup();
    late.await(); // the goroutine has not added yet: nobody is waited for
    System.out.println("add in the goroutine: the wait is over before it starts");
    go(() -> {
          late.add(1);
          late.done();
        })
        .join();
    try {
      late.done();
    } catch (RuntimeException e) { // Go: a panic
      System.out.println("one done too many: " + e.getMessage());
    }
  }
}
