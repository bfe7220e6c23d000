package io.channel4j.examples;

import io.channel4j.context.Context;
import io.channel4j.sync.WaitGroup;
import java.time.Duration;
import java.time.Instant;

/**
 * What a context carries down to everybody who works for one request: values, deadlines, the end.
 *
 * <p>A value has a typed key that only its owner has. The nearest deadline counts. An end goes
 * down, never up.
 */
public final class E10RequestContext {
  private static final Context.Key<String> USER = Context.Key.of("user");

  private E10RequestContext() {}

  /** The argument, if any: the milliseconds that the request may take. */
  public static void main(String[] args) throws InterruptedException {
    Duration limit = Duration.ofMillis(args.length > 0 ? Long.parseLong(args[0]) : 500);
    try (var server = Context.withCancel(Context.background());
        var request = Context.withTimeout(Context.withValue(server, USER, "rukia"), limit);
        var query = Context.withDeadline(request, Instant.now().plus(Duration.ofHours(1)))) {
      System.out.println("deadline of the query is the request's: " + sameDeadline(query, request));
      var wg = new WaitGroup();
      wg.go(() -> query(query));
      wg.await();
      System.out.println("request: " + request.err().getMessage());
      System.out.println("server goes on: " + (server.err() == null));

      try (var audit = Context.withCancelCause(Context.withoutCancel(request))) {
        System.out.println("audit goes on for " + audit.value(USER) + ": " + (audit.err() == null));
        audit.cancel(new IllegalStateException("disk full"));
        System.out.println(audit.err().getMessage() + ", " + Context.cause(audit).getMessage());
      }
    }
  }

  private static boolean sameDeadline(Context query, Context request) {
    return query.deadline().equals(request.deadline());
  }

  private static void query(Context ctx) throws InterruptedException {
    System.out.println("query of " + ctx.value(USER));
    ctx.done().receive(); // a query that takes too long
    System.out.println("query: " + ctx.err().getMessage());
  }
}
