package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.go.Go;

/**
 * What a channel answers to misuse: Go's panics, in Go's words.
 *
 * <p>With the argument {@code uncaught} a goroutine panics and nobody catches it. That ends the
 * program, as in Go, with status 2 and a report of both stacks.
 */
public final class E25Panics {
  private E25Panics() {}

  /** Shows four panics that are caught, or one that is not. */
  public static void main(String[] args) {
    if (args.length > 0 && args[0].equals("uncaught")) {
      Go.main(E25Panics::uncaught);
    }
    show(
        () -> {
          Channel<String> closed = Channel.make();
          closed.close();
          closed.send("x");
        });
    show(
        () -> {
          Channel<String> closed = Channel.make();
          closed.close();
          closed.close();
        });
    show(() -> Channel.nil().close());
    show(() -> Channel.make(-1));
  }

  private static void uncaught() throws InterruptedException {
    Channel<String> ch = Channel.make(1);
    ch.close();
    go(() -> ch.send("x"));
    Channel.nil().receive(); // waits for ever, were it not for the panic
  }

  private interface Misuse {
    void run() throws InterruptedException;
  }

  private static void show(Misuse misuse) {
    try {
      misuse.run();
    } catch (ChannelPanic e) { // Go: recover()
      System.out.println("panic: " + e.getMessage());
    } catch (InterruptedException e) {
      throw new AssertionError(e); // nobody interrupts main
    }
  }
}
