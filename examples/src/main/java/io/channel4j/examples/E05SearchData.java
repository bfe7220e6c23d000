package io.channel4j.examples;

import static io.channel4j.examples.Go.go;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;

/** The done channel pattern: the first of several searches wins, and the others are let go. */
public final class E05SearchData {
  private E05SearchData() {}

  private interface Handler {
    List<String> search(String data) throws InterruptedException;
  }

  /** Runs two searches, of which the second ends only after the first has won. */
  public static void main(String[] args) throws InterruptedException {
    Channel<Void> won = Channel.make();
    Handler quick = data -> List.of(data + ", found by the quick one");
    Handler slow =
        data -> {
          won.receive();
          System.out.println("the slow one has ended its search, too");
          return List.of(data + ", found by the slow one");
        };
    var threads = new ArrayList<Thread>();
    System.out.println(searchData("data", List.of(slow, quick), threads));
    won.close();
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println("nobody is left");
  }

  private static List<String> searchData(String data, List<Handler> handlers, List<Thread> started)
      throws InterruptedException {
    Channel<Void> done = Channel.make();
    Channel<List<String>> result = Channel.make();
    for (Handler handler : handlers) {
      // The value to send is evaluated before the select looks at any channel, as in Go: a loser
      // ends its search, and then leaves through done because nobody receives its result.
      started.add(
          go(
              () ->
                  Select.<Void>of()
                      .send(result, handler.search(data), () -> null)
                      .receive(done, () -> null)
                      .await()));
    }
    List<String> first = result.receive();
    done.close();
    return first;
  }
}
