package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;

/** A reader that leaves early, and a cancel that ends the writer, so that no goroutine leaks. */
public final class E04CountTo {
  private E04CountTo() {}

  /** Counts to 10, but reads only up to 5. */
  public static void main(String[] args) throws InterruptedException {
    var counter = countTo(10);
    try (counter) { // Go: defer cancel()
      for (int i : counter.numbers) {
        if (i > 5) {
          break;
        }
        System.out.println(i);
      }
    }
    counter.writer.join();
    System.out.println("the writer has ended");
  }

  // snippet:count-to
  /** Go: {@code func countTo(max int) (<-chan int, func())}. */
  private static Counter countTo(int max) {
    Channel<Integer> numbers = Channel.make(0, 0);
    Channel<Void> done = Channel.make();
    Goroutine writer =
        go(
            () -> {
              var select = Select.loop();
              var stop = select.receive(done);
              var next = select.send(numbers, 0);
              for (int i = 0; i < max; i++) {
                next.value(i);
                if (select.await() == stop) {
                  return;
                }
              }
              numbers.close();
            });
    return new Counter(numbers, done::close, writer);
  }

  // end:count-to

  /** A channel to read from, and what cancels the writer. */
  private record Counter(ReceiveChannel<Integer> numbers, Runnable cancel, Goroutine writer)
      implements AutoCloseable {
    @Override
    public void close() {
      cancel.run();
    }
  }
}
