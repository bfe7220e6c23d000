package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.context.ContextException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A web crawler of 20 goroutines. Enter cancels the requests. Go: gopl.io/ch8/crawl3, and exercises
 * 8.6 and 8.10.
 *
 * <p>Go's crawler never ends. This one counts what is on its way, and ends when that is nothing.
 */
public final class E38Crawl {
  private static final int CRAWLERS = 20;
  private static final Pattern LINK =
      Pattern.compile("<a\\s[^>]*href=\"([^\"#]+)", Pattern.CASE_INSENSITIVE);

  private record Found(int depth, List<URI> links) {}

  private record Task(int depth, URI page) {}

  private final Channel<Found> worklist = Channel.make(); // lists of links, may have duplicates
  private final Channel<Task> unseen = Channel.make(); // links, each once
  private final Context ctx;

  private E38Crawl(Context ctx) {
    this.ctx = ctx;
  }

  /** Arguments: how deep to go (links from the first pages: 1), and the first pages. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length < 2) {
      System.err.println("usage: crawl DEPTH URL...");
      System.exit(2);
    }
    var roots = new ArrayList<URI>();
    for (String arg : List.of(args).subList(1, args.length)) {
      roots.add(URI.create(arg));
    }
    try (var ctx = Context.withCancel(Context.background())) {
      Enter.then(ctx::cancel);
      int pages = new E38Crawl(ctx).run(roots, Integer.parseInt(args[0]));
      System.out.println((ctx.err() == null ? "pages: " : "cancelled, pages: ") + pages);
    }
  }

  private int run(List<URI> roots, int maxDepth) throws InterruptedException {
    for (int i = 0; i < CRAWLERS; i++) {
      go(() -> unseen.range(this::crawl));
    }
    go(() -> worklist.send(new Found(0, roots)));
    var seen = new HashSet<URI>(); // only this goroutine knows it
    for (int onTheirWay = 1; onTheirWay > 0; onTheirWay--) {
      Found found = worklist.receive();
      for (URI link : found.links) {
        if (found.depth <= maxDepth && ctx.err() == null && seen.add(link)) {
          onTheirWay++;
          unseen.send(new Task(found.depth, link));
        }
      }
    }
    unseen.close(); // ends the crawlers
    return seen.size();
  }

  private void crawl(Task task) {
    List<URI> links = links(task.page);
    // In a goroutine of its own: main may be waiting to send to this one.
    go(() -> worklist.send(new Found(task.depth + 1, links)));
  }

  private List<URI> links(URI page) {
    var links = new ArrayList<URI>();
    try {
      var matcher = LINK.matcher(Fetch.get(ctx, page));
      System.out.println(page);
      while (matcher.find()) {
        addLink(page, matcher.group(1), links);
      }
    } catch (IOException e) {
      System.out.println(e.getMessage());
    } catch (ContextException e) {
      System.out.println(page + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return links;
  }

  private static void addLink(URI page, String link, List<URI> links) {
    try {
      URI target = page.resolve(link);
      if (String.valueOf(target.getScheme()).startsWith("http")) {
        links.add(target);
      }
    } catch (IllegalArgumentException e) {
      System.out.println(page + ": no link: " + link);
    }
  }
}
