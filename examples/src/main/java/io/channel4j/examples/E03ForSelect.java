package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.select.Select;

/**
 * A for-select that takes closed inputs out.
 *
 * <p>A closed channel is always ready, so that its case would be chosen over and over. In Go one
 * sets the channel's variable to nil; here one disables the case.
 */
public final class E03ForSelect {
  private E03ForSelect() {}

  /** Prints 1, 2, 3, 4, 5 and why it ended. */
  public static void main(String[] args) throws InterruptedException {
    Channel<Integer> in = Channel.make(0, 0);
    Channel<Integer> in2 = Channel.make(0, 0);
    Channel<Void> done = Channel.make(); // Go: chan struct{}
    go(
        () -> {
          in.send(1);
          in2.send(2);
          in.close();
          in2.send(3);
          in2.send(4);
          in2.send(5);
          in2.close();
          done.close();
        });
    print(done, in, in2);
    System.out.println("done");
  }

  // snippet:print
  private static void print(
      ReceiveChannel<Void> done, ReceiveChannel<Integer> in, ReceiveChannel<Integer> in2)
      throws InterruptedException {
    var select = Select.loop();
    var first = select.receive(in);
    var second = select.receive(in2);
    var stop = select.receive(done);
    for (; ; ) {
      var chosen = select.await();
      if (chosen == first) {
        if (!first.ok()) {
          first.disable(); // Go: in = nil
          continue;
        }
        System.out.println(first.value());
      } else if (chosen == second) {
        if (!second.ok()) {
          second.disable();
          continue;
        }
        System.out.println(second.value());
      } else if (chosen == stop) {
        return;
      }
    }
  }
  // end:print
}
