package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.sync.WaitGroup;
import java.util.ArrayList;
import java.util.List;

/** A buffer with one slot for each worker: no worker waits for the reader, so none can leak. */
public final class E06HandleTenTasks {
  private static final int WORKERS = 10;

  private E06HandleTenTasks() {}

  /** Handles ten tasks, then ten more of which it reads three results only. */
  public static void main(String[] args) throws InterruptedException {
    Channel<Integer> tasks = Channel.make(0, 0);
    go(
        () -> {
          for (int i = 1; ; i++) {
            tasks.send(i);
          }
        });
    System.out.println(handle(tasks, WORKERS).stream().sorted().toList());
    System.out.println("read " + handle(tasks, 3).size());
  }

  // snippet:handle
  private static List<Integer> handle(ReceiveChannel<Integer> tasks, int wanted)
      throws InterruptedException {
    Channel<Integer> results = Channel.make(WORKERS, 0);
    var workers = new WaitGroup();
    for (int i = 0; i < WORKERS; i++) {
      workers.go(
          () -> {
            int task = tasks.receive();
            results.send(task * task);
          });
    }
    var out = new ArrayList<Integer>();
    for (int i = 0; i < wanted; i++) {
      out.add(results.receive());
    }
    workers.await(); // would wait for ever with a smaller buffer
    System.out.println("all workers have ended, unread results: " + results.len());
    return out;
  }
  // end:handle
}
