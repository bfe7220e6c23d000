package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.sync.WaitGroup;

/** Two players and a ball, which is a number: how often it was hit. */
public final class E02PingPong {
  private E02PingPong() {}

  /** Plays until the ball was hit as often as the argument says, else 6 times. */
  public static void main(String[] args) throws InterruptedException {
    int hits = args.length > 0 ? Integer.parseInt(args[0]) : 6;
    Channel<Integer> left = Channel.make(0, 0);
    Channel<Integer> right = Channel.make(0, 0);
    var wg = new WaitGroup();
    wg.go(() -> play("ping", left, right, hits));
    wg.go(() -> play("pong", right, left, hits));
    left.send(1);
    wg.await();
    System.out.println("game over");
  }

  private static void play(
      String name, ReceiveChannel<Integer> in, SendChannel<Integer> out, int hits)
      throws InterruptedException {
    for (int ball : in) {
      System.out.println(name + " " + ball);
      if (ball == hits) {
        break;
      }
      out.send(ball + 1);
    }
    out.close(); // ends the other player's loop
  }
}
