package io.channel4j.signal;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;

/** Programs that the tests start as processes and send signals to. They say what happens. */
final class SignalPrograms {
  private SignalPrograms() {}

  public static void main(String[] args) throws Exception {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> say("hook")));
    Signal[] signals = Arrays.stream(args).skip(1).map(Signal::new).toArray(Signal[]::new);
    switch (args[0]) {
      case "untouched" -> {
        say("ready");
        forEver();
      }
      case "exit7" -> {
        receive(signals);
        System.exit(7);
      }
      case "stop" -> {
        Signals.stop(receive(signals));
        say("default");
        forEver();
      }
      case "reset" -> {
        Channel<Signal> unused = receive(signals);
        Signals.reset(signals);
        say("default");
        forEver();
      }
      case "ignore" -> {
        Channel<Signal> other = Channel.make(1);
        Signals.ignore(signals);
        Signals.notify(other, Signal.USR1);
        say("ready");
        say(other.receive() + " ignored " + Signals.ignored(signals[0]));
        Signals.reset();
        say("default " + Signals.ignored(signals[0]));
        forEver();
      }
      case "context" -> {
        try (var ctx = Signals.notifyContext(Context.background(), signals)) {
          Channel<Signal> other = Channel.make(1);
          Signals.notify(other, Signal.USR1);
          say("ready");
          var unused = ctx.done().receive();
          say(String.valueOf(Context.cause(ctx)));
          say("still open " + other.receive());
        }
        say("default");
        forEver();
      }
      case "refused" -> {
        for (Signal s : signals) {
          try {
            Signals.notify(Channel.make(1), Signal.USR1, s);
            say(s.name() + " taken");
          } catch (IllegalArgumentException e) {
            say(String.valueOf(e.getMessage()));
          }
        }
        say("USR1 " + Signals.ignored(Signal.USR1));
        forEver();
      }
      case "inherited" -> {
        say("ignored " + Signals.ignored(signals[0]));
        Channel<Signal> c = Channel.make(1);
        Signals.notify(c, signals[0], Signal.USR1);
        say("ignored " + Signals.ignored(signals[0]));
        say(c.receive().toString());
        System.exit(0);
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Prints each signal once, until all have come. */
  private static Channel<Signal> receive(Signal... signals) throws InterruptedException {
    Channel<Signal> c = Channel.make(signals.length);
    Signals.notify(c, signals);
    say("ready");
    for (int i = 0; i < signals.length; i++) {
      say(c.receive().toString());
    }
    return c;
  }

  private static void forEver() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
