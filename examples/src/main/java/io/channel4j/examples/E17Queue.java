package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;

/**
 * A buffered channel as a queue: it decouples, and it holds back.
 *
 * <p>Usually the size is 0 or 1. With any other, say what happens when the buffer is full: here a
 * caller is refused, or else waits, and memory stays as it is.
 */
public final class E17Queue {
  private E17Queue() {}

  /** Fills a queue of three, then works through ten tasks with two workers. */
  public static void main(String[] args) throws InterruptedException {
    Channel<Integer> queue = Channel.make(3, 0);
    int refused = 0;
    for (int i = 1; i <= 5; i++) { // nobody works yet
      if (!queue.trySend(i)) {
        refused++;
      }
    }
    System.out.println("queued " + queue.len() + " of " + queue.cap() + ", refused " + refused);

    Channel<Void> queuedAll = Channel.make();
    go(
        () -> {
          for (int i = 4; i <= 10; i++) {
            queue.send(i); // waits for room
          }
          queue.close();
          queuedAll.close();
        });
    System.out.println("all queued: " + queuedAll.tryReceive().isReady());

    Channel<Integer> results = Channel.make(0, 0);
    for (int worker = 0; worker < 2; worker++) { // the producer does not know how many
      go(() -> queue.range(task -> results.send(task * task)));
    }
    int sum = 0;
    for (int i = 1; i <= 10; i++) {
      sum += results.receive();
    }
    queuedAll.receive();
    System.out.println("all queued: true, sum of squares " + sum);
  }
}
