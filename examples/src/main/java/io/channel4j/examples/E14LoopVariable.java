package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import java.util.ArrayList;
import java.util.List;

/**
 * A goroutine that captures a loop's variable. Java's compiler refuses what Go allowed before 1.22.
 *
 * <p>To see the bug one has to make the variable's box oneself: five goroutines, one box.
 */
public final class E14LoopVariable {
  private static final List<Integer> NUMBERS = List.of(2, 4, 6, 8, 10);

  private E14LoopVariable() {}

  /** Doubles five numbers in five goroutines, in three ways. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("one variable: " + oneVariable());
    System.out.println("one for each round: " + oneForEachRound());
    System.out.println("a parameter: " + parameter());
  }

  /** The bug: when the goroutines look, the loop is over. */
  private static List<Integer> oneVariable() throws InterruptedException {
    Channel<Integer> ch = Channel.make(NUMBERS.size(), 0);
    Channel<Void> loopIsOver = Channel.make(); // Go needs no such help: the loop is just faster
    int[] v = new int[1]; // "local variables referenced from a lambda must be effectively final"
    for (int number : NUMBERS) {
      v[0] = number;
      go(
          () -> {
            loopIsOver.receive();
            ch.send(v[0] * 2);
          });
    }
    loopIsOver.close();
    return collect(ch);
  }

  /** In Java, and in Go since 1.22, each round has a variable of its own. */
  private static List<Integer> oneForEachRound() throws InterruptedException {
    Channel<Integer> ch = Channel.make(NUMBERS.size(), 0);
    for (int v : NUMBERS) {
      go(() -> ch.send(v * 2));
    }
    return collect(ch);
  }

  /** The other remedy: the value goes through a parameter. */
  private static List<Integer> parameter() throws InterruptedException {
    Channel<Integer> ch = Channel.make(NUMBERS.size(), 0);
    for (int v = 2; v <= 10; v += 2) { // this v changes, so that a lambda may not capture it
      sendDouble(v, ch);
    }
    return collect(ch);
  }

  private static void sendDouble(int number, Channel<Integer> ch) {
    go(() -> ch.send(number * 2));
  }

  private static List<Integer> collect(Channel<Integer> ch) throws InterruptedException {
    var all = new ArrayList<Integer>();
    for (int i = 0; i < ch.cap(); i++) {
      all.add(ch.receive());
    }
    return all.stream().sorted().toList();
  }
}
