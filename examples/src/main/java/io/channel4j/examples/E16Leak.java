package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Goroutines that nobody can ever wake up: how they come about, and how to find them.
 *
 * <p>The first of three answers is taken. Without a buffer the two other goroutines wait for ever
 * to send theirs, and no garbage collector ends them. A dump of all stacks tells who is left; Go's
 * book ends main with a panic for that.
 */
public final class E16Leak {
  private E16Leak() {}

  /** Asks without a buffer, then with one. */
  public static void main(String[] args) throws InterruptedException, IOException {
    List<Goroutine> leaked = new ArrayList<>();
    WeakReference<?> answers = first(Channel.make(), leaked);
    while (waiting(leaked) < 2) {
      Thread.sleep(10);
    }
    System.gc();
    System.out.println("no buffer: " + waiting(leaked) + " wait in chan send");
    System.out.println("their channel is collected: " + (answers.get() == null));
    System.out.println("in the dump: " + leftInDump());
    System.out.println(leaked.get(0).createdBy());

    List<Goroutine> fine = new ArrayList<>();
    first(Channel.make(3), fine);
    for (Goroutine g : fine) {
      g.join();
    }
    System.out.println("a slot for each: " + waiting(fine) + " wait in chan send");
  }

  private static WeakReference<?> first(Channel<String> answers, List<Goroutine> asked)
      throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      String answer = "answer " + i;
      asked.add(go(() -> search(answers, answer)));
    }
    answers.receive();
    return new WeakReference<>(answers);
  }

  private static void search(Channel<String> answers, String answer) throws InterruptedException {
    answers.send(answer);
  }

  private static long waiting(List<Goroutine> goroutines) {
    return goroutines.stream().filter(g -> g.state().equals("chan send")).count();
  }

  private static int leftInDump() throws IOException {
    return Goroutines.dump().split("E16Leak\\.search\\(", -1).length - 1;
  }
}
