package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.signal.Signal;
import io.channel4j.signal.Signals;
import io.channel4j.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that starts servers in a loop, with all the faults of its original.
 *
 * <p>It counts itself in its own goroutine, so that a stop may come before that and wait for
 * nobody. It starts servers without limit. It cannot be stopped twice. And the channel for its
 * signals has no buffer, which is refused here. The next example is the service repaired.
 */
public final class E31LiteralService {
  private final Channel<Void> ch = Channel.make();
  private final WaitGroup wg = new WaitGroup();
  private final AtomicInteger servers = new AtomicInteger();
  private final AtomicInteger stopped = new AtomicInteger();

  private E31LiteralService() {}

  /** Shows the four faults. */
  public static void main(String[] args) throws InterruptedException {
    var early = new E31LiteralService();
    early.stop();
    System.out.println("stop has waited for " + early.stopped + " goroutines");
    go(early::serve).join(); // was started before the stop, but came late
    System.out.println("after that " + early.stopped + " was stopping");

    var busy = new E31LiteralService();
    go(busy::serve);
    while (busy.servers.get() < 1000) {
      Thread.sleep(1);
    }
    busy.stop();
    System.out.println("servers: more than 999, all stopped: " + busy.areAllStopped());
    try {
      busy.stop();
    } catch (ChannelPanic e) {
      System.out.println("second stop: " + e.getMessage());
    }

    Channel<Signal> signals = Channel.make();
    try {
      Signals.notify(signals, Signal.INT, Signal.TERM);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  private void stop() throws InterruptedException {
    ch.close();
    wg.await();
  }

  private void serve() throws InterruptedException {
    wg.add(1); // too late: this belongs before the go statement
    try {
      while (!ch.tryReceive().isReady()) {
        wg.add(1);
        servers.incrementAndGet();
        go(this::anotherServer);
        if (servers.get() % 100 == 0) {
          Thread.sleep(1); // or it would start some hundred thousand of them
        }
      }
      stopped.incrementAndGet();
    } finally {
      wg.done();
    }
  }

  private void anotherServer() throws InterruptedException {
    try {
      while (!ch.tryReceive().isReady()) {
        Thread.sleep(1); // Go: do something
      }
      stopped.incrementAndGet();
    } finally {
      wg.done();
    }
  }

  private boolean areAllStopped() {
    return stopped.get() == servers.get() + 1; // and the one that has started them
  }
}
