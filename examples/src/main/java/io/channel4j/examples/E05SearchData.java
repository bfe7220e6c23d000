package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.select.Select;
import io.channel4j.sync.WaitGroup;
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
    var wg = new WaitGroup();
    System.out.println(searchData("data", List.of(slow, quick), wg));
    won.close();
    wg.await();
    System.out.println("nobody is left");
  }

  // snippet:search
  private static List<String> searchData(String data, List<Handler> handlers, WaitGroup wg)
      throws InterruptedException {
    Channel<Void> done = Channel.make();
    Channel<List<String>> result = Channel.make();
    for (Handler handler : handlers) {
      // The value to send is evaluated before the select looks at any channel, as in Go: a loser
      // ends its search, and then leaves through done because nobody receives its result.
      wg.go(
          () ->
              Select.<Void>of()
                  .send(result, handler.search(data), () -> null)
                  .receive(done, () -> null)
                  .await());
    }
    List<String> first = result.receive();
    done.close();
    return first;
  }
  // end:search
}
