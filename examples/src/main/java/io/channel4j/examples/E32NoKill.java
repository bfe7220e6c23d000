package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;

/**
 * No goroutine can kill another. It can be asked to end, and has to listen.
 *
 * <p>Java has interrupts, which end a wait for a channel; but they are advice, too.
 */
public final class E32NoKill {
  private E32NoKill() {}

  /** Interrupts two goroutines, then asks the one that is left. */
  public static void main(String[] args) throws InterruptedException {
    Channel<Void> done = Channel.make();
    Channel<Void> heard = Channel.make();
    var polite = go(() -> done.receive()); // an interrupt ends the wait, and nothing catches it
    var deaf = go(() -> ignoreInterrupts(done, heard));
    polite.thread().interrupt();
    polite.join();
    System.out.println("the polite one has ended");
    deaf.thread().interrupt();
    heard.receive();
    System.out.println("the deaf one goes on: " + deaf.thread().isAlive());
    done.close();
    deaf.join();
    System.out.println("the deaf one has ended because it listens to done");
  }

  private static void ignoreInterrupts(ReceiveChannel<Void> done, Channel<Void> heard) {
    for (; ; ) {
      try {
        done.receive();
        return;
      } catch (InterruptedException e) {
        heard.close();
      }
    }
  }
}
