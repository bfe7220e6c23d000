package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import java.time.Duration;

/** A chain of 100,000 goroutines, each of which adds one. They are that cheap. */
public final class E28DaisyChain {
  private E28DaisyChain() {}

  /** The argument, if any: how many goroutines. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    long before = usedMemory();
    Channel<Integer> leftmost = Channel.make(0, 0);
    Channel<Integer> left = leftmost;
    for (int i = 0; i < count; i++) {
      Channel<Integer> right = Channel.make(0, 0);
      addOne(right, left);
      left = right;
    }
    long bytesEach = (usedMemory() - before) / count;
    long start = System.nanoTime();
    left.send(1);
    System.out.println(leftmost.receive());
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    System.err.println(bytesEach + " bytes each, with its channel; " + millis + " ms");
  }

  private static void addOne(ReceiveChannel<Integer> in, SendChannel<Integer> out) {
    go(() -> out.send(1 + in.receive()));
  }

  private static long usedMemory() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
