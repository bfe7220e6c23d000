package io.channel4j.docs;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import io.channel4j.context.Context;
import io.channel4j.select.Select;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/context.md, and that it does what is said there. */
@NullUnmarked
class ContextsTest {

  // snippet:worker
  static void worker(Context ctx, SendChannel<Integer> out) throws InterruptedException {
    for (int i = 0; ; i++) {
      if (ctx.done().tryReceive().isReady()) { // Go: select { case <-ctx.Done(): … default: }
        return;
      }
      int n = i;
      boolean sent =
          Select.<Boolean>of().send(out, n, () -> true).receive(ctx.done(), () -> false).await();
      if (!sent) {
        return;
      }
    }
  }

  // end:worker

  @Test
  void cancel() throws InterruptedException {
    Channel<Integer> out = Channel.make();
    // snippet:cancel
    try (var ctx = Context.withCancel(Context.background())) { // close is Go's defer cancel()
      go(() -> worker(ctx, out));
      assertEquals(0, out.receive());
      assertEquals(1, out.receive());
    }
    // end:cancel
  }

  // snippet:timeout
  static String fetch(Context parent, Channel<String> reply) throws InterruptedException {
    try (var ctx = Context.withTimeout(parent, Duration.ofMillis(50))) {
      return Select.<String>of()
          .receive(reply, v -> v)
          .receive(
              ctx.done(),
              () -> {
                throw ctx.err();
              })
          .await();
    }
  }

  // end:timeout

  @Test
  void timeout() {
    Channel<String> never = Channel.make();
    // snippet:errors
    var slow =
        assertThrows(Context.DeadlineExceeded.class, () -> fetch(Context.background(), never));
    assertSame(Context.DEADLINE_EXCEEDED, slow); // as in Go, one value
    // end:errors
  }

  @Test
  void cause() {
    // snippet:cause
    var ctx = Context.withCancelCause(Context.background());
    var child = Context.withCancel(ctx);
    ctx.cancel(new IOException("disk full"));
    assertSame(Context.CANCELED, child.err());
    assertInstanceOf(IOException.class, Context.cause(child));
    // end:cause
  }

  // snippet:key
  private static final Context.Key<String> USER = Context.Key.of("user");

  static Context withUser(Context parent, String user) {
    return Context.withValue(parent, USER, user);
  }

  static String user(Context ctx) {
    return ctx.value(USER);
  }

  // end:key

  @Test
  void values() {
    assertEquals("ada", user(Context.withCancel(withUser(Context.background(), "ada"))));
  }

  @Test
  void afterFunc() throws InterruptedException {
    Channel<String> cleaned = Channel.make();
    var ctx = Context.withCancel(Context.background());
    // snippet:after
    var stop = Context.afterFunc(ctx, () -> cleaned.send("cleaned up"));
    ctx.cancel();
    assertEquals("cleaned up", cleaned.receive());
    // end:after
    stop.stop();
  }
}
