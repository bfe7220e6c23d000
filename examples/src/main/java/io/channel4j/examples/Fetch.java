package io.channel4j.examples;

import io.channel4j.context.Context;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;

/** HTTP GET that ends with its context. Go: {@code http.NewRequestWithContext}. */
final class Fetch {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  private Fetch() {}

  /**
   * Gives the body of a page.
   *
   * @throws io.channel4j.context.ContextException if the context ended first; the request is
   *     cancelled then, and its connection closed
   */
  static String get(Context ctx, URI uri) throws IOException, InterruptedException {
    var response =
        CLIENT.sendAsync(HttpRequest.newBuilder(uri).GET().build(), BodyHandlers.ofString());
    var cancel = Context.afterFunc(ctx, () -> response.cancel(true));
    try {
      var page = response.get();
      if (page.statusCode() != 200) {
        throw new IOException(uri + ": status " + page.statusCode());
      }
      return page.body();
    } catch (CancellationException | ExecutionException e) {
      if (ctx.err() != null) {
        throw ctx.err();
      }
      throw new IOException(uri + ": " + e.getCause(), e);
    } finally {
      cancel.stop();
    }
  }
}
