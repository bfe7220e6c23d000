package io.channel4j.examples;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import io.channel4j.sync.WaitGroup;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The same question to several mirrors. The first answer counts, and cancels the other requests.
 * Go: gopl.io, 8.4.4 and exercise 8.11.
 *
 * <p>The channel has room for all answers. Without that, the slower goroutines would wait for ever
 * to send theirs.
 */
public final class E39MirroredQuery {
  private E39MirroredQuery() {}

  private record Answer(URI mirror, String body, String error) {}

  /** Arguments: the URLs, which should give the same. */
  public static void main(String[] args) throws InterruptedException {
    var mirrors = new ArrayList<URI>();
    for (String arg : args) {
      mirrors.add(URI.create(arg));
    }
    var wg = new WaitGroup();
    Answer answer = query(mirrors, wg);
    System.out.println(
        answer == null
            ? "no mirror has answered"
            : answer.mirror + ": " + answer.body.length() + " characters");
    wg.await();
    System.out.println("all requests have ended");
  }

  private static Answer query(List<URI> mirrors, WaitGroup wg) throws InterruptedException {
    Channel<Answer> answers = Channel.make(mirrors.size());
    try (var ctx = Context.withCancel(Context.background())) { // the end of this cancels the rest
      for (URI mirror : mirrors) {
        wg.go(() -> answers.send(ask(ctx, mirror)));
      }
      for (int i = 0; i < mirrors.size(); i++) {
        Answer answer = answers.receive();
        if (answer.error == null) {
          return answer;
        }
        System.out.println(answer.error);
      }
      return null;
    }
  }

  private static Answer ask(Context ctx, URI mirror) throws InterruptedException {
    try {
      return new Answer(mirror, Fetch.get(ctx, mirror), null);
    } catch (IOException e) {
      return new Answer(mirror, "", e.getMessage());
    } catch (ContextException e) {
      System.out.println(mirror + ": " + e.getMessage());
      return new Answer(mirror, "", e.getMessage());
    }
  }
}
