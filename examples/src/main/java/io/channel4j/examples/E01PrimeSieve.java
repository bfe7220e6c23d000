package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;

/** The prime sieve: a chain of filters, one more for every prime. Go: test/chan/sieve1.go. */
public final class E01PrimeSieve {
  private E01PrimeSieve() {}

  /** Prints the first primes, as many as the argument says, else 10. */
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Channel<Integer> numbers = Channel.make(0, 0);
    go(() -> generate(numbers));
    ReceiveChannel<Integer> in = numbers;
    for (int i = 0; i < count; i++) {
      int prime = in.receive();
      System.out.println(prime);
      ReceiveChannel<Integer> unsieved = in; // a lambda captures only what does not change
      Channel<Integer> sieved = Channel.make(0, 0);
      go(() -> filter(unsieved, sieved, prime));
      in = sieved;
    }
    // The filters still wait. They end with the program, as goroutines do.
  }

  /** Sends 2, 3, 4, … */
  private static void generate(SendChannel<Integer> out) throws InterruptedException {
    for (int i = 2; ; i++) {
      out.send(i);
    }
  }

  /** Passes on what the prime does not divide. */
  private static void filter(ReceiveChannel<Integer> in, SendChannel<Integer> out, int prime)
      throws InterruptedException {
    for (int i : in) {
      if (i % prime != 0) {
        out.send(i);
      }
    }
  }
}
