package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.signal.Signal;
import io.channel4j.signal.Signals;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/signals.md. What it does is tested with processes in channel-std. */
@NullUnmarked
class SignalsTest {

  interface Server {
    void serve(Context ctx) throws InterruptedException;
  }

  // snippet:context
  static void run(Server server) throws InterruptedException {
    try (var ctx = Signals.notifyContext(Context.background(), Signal.INT, Signal.TERM)) {
      server.serve(ctx); // returns when ctx has ended
      System.out.println("stopped: " + Context.cause(ctx));
    } // from here on a second Ctrl-C ends the JVM
  }

  // end:context

  // snippet:notify
  static void waitForSignal() throws InterruptedException {
    Channel<Signal> signals = Channel.make(1); // without a buffer it is refused
    Signals.notify(signals, Signal.INT, Signal.TERM);
    System.out.println(signals.receive()); // interrupt, or terminated
    Signals.stop(signals);
  }

  // end:notify

  @Test
  void aServerThatEndsByItself() throws InterruptedException {
    run(ctx -> assertEquals(null, ctx.err()));
    assertThrows(
        IllegalArgumentException.class, () -> Signals.notify(Channel.<Signal>make(), Signal.INT));
  }
}
