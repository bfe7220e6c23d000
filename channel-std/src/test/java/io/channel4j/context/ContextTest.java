package io.channel4j.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What one context says of itself: done, err, cause, values and its name. */
class ContextTest {
  private static final Context.Key<String> A = Context.Key.of("a");
  private static final Context.Key<String> B = Context.Key.of("b");

  @Test
  void cancelIsSeenAtOnceAndOnlyTheFirstCounts() {
    var ctx = Context.withCancel(Context.background());
    assertEquals("context.Background.WithCancel", ctx.toString());
    var done = ctx.done();
    assertSame(done, ctx.done());
    assertFalse(done.tryReceive().isReady());
    assertNull(ctx.err());
    ctx.cancel();
    assertTrue(done.tryReceive().isReady());
    assertFalse(done.tryReceive().ok());
    assertSame(Context.CANCELED, ctx.err());
    ctx.cancel();
    ctx.close();
    assertSame(done, ctx.done());
    assertSame(Context.CANCELED, ctx.err());
  }

  @Test
  void doneIsTheSameChannelAlsoWhenFirstAskedForAfterTheEnd() {
    var ctx = Context.withCancel(Context.background());
    ctx.cancel();
    assertSame(ctx.done(), ctx.done());
    assertTrue(ctx.done().tryReceive().isReady());
    var value = Context.withValue(ctx, A, "a");
    assertSame(ctx.done(), value.done());
  }

  @Test
  void closeIsGosDeferCancel() {
    Context seen;
    try (var ctx = Context.withTimeout(Context.background(), Duration.ofHours(1))) {
      seen = ctx;
      assertNull(seen.err());
    }
    assertSame(Context.CANCELED, seen.err());
  }

  @Test
  void anEndedParentMakesAnEndedChildWithItsCause() {
    var parent = Context.withCancelCause(Context.background());
    var why = new Exception("why");
    parent.cancel(why);
    for (Context child :
        List.<Context>of(
            Context.withCancel(parent),
            Context.withCancelCause(parent),
            Context.withTimeout(parent, Duration.ofHours(1)),
            Context.withValue(parent, A, "a"))) {
      assertSame(Context.CANCELED, child.err());
      assertSame(why, Context.cause(child));
      assertTrue(child.done().tryReceive().isReady());
    }
  }

  // ---- errors

  @Test
  void errorsAreGosTwoValues() {
    assertEquals("context canceled", Context.CANCELED.getMessage());
    assertEquals("context deadline exceeded", Context.DEADLINE_EXCEEDED.getMessage());
    assertInstanceOf(Context.Canceled.class, Context.CANCELED);
    assertInstanceOf(Context.DeadlineExceeded.class, Context.DEADLINE_EXCEEDED);
    for (ContextException e : List.of(Context.CANCELED, Context.DEADLINE_EXCEEDED)) {
      assertSame(e, assertThrows(ContextException.class, throwing(e)));
      e.addSuppressed(new Exception()); // a shared object keeps nothing
      assertEquals(0, e.getSuppressed().length);
      assertEquals(0, e.getStackTrace().length);
      assertThrows(IllegalStateException.class, () -> e.initCause(new Exception()));
    }
  }

  private static Executable throwing(ContextException e) {
    return () -> {
      throw e;
    };
  }

  @Test
  void errorsAreTheSameObjectsAfterSerialization() throws Exception {
    for (ContextException e : List.of(Context.CANCELED, Context.DEADLINE_EXCEEDED)) {
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        out.writeObject(e);
      }
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        assertSame(e, in.readObject());
      }
    }
  }

  // ---- causes: Go's TestCause

  private record Case(
      String name, Function<Context, Context> derive, ContextException err, Object cause) {}

  private final Exception parentCause = new Exception("parent");
  private final Exception childCause = new Exception("child");

  /** The parent is cancelled with its cause before or after the child is made and cancelled. */
  @Test
  void theFirstCauseWins() {
    List<Case> cases =
        List.of(
            new Case("no cause", p -> ended(p, null), Context.CANCELED, Context.CANCELED),
            new Case("own cause", p -> ended(p, childCause), Context.CANCELED, childCause),
            new Case(
                "timeout",
                p -> Context.withTimeout(p, Duration.ZERO),
                Context.DEADLINE_EXCEEDED,
                Context.DEADLINE_EXCEEDED),
            new Case(
                "timeout with cause",
                p -> Context.withTimeoutCause(p, Duration.ZERO, childCause),
                Context.DEADLINE_EXCEEDED,
                childCause),
            new Case(
                "deadline with cause",
                p -> Context.withDeadlineCause(p, Instant.EPOCH, childCause),
                Context.DEADLINE_EXCEEDED,
                childCause),
            new Case(
                "cancelled before its time",
                p -> {
                  var c = Context.withTimeoutCause(p, Duration.ofHours(1), childCause);
                  c.cancel();
                  return c;
                },
                Context.CANCELED,
                Context.CANCELED));
    for (Case c : cases) {
      var first = Context.withCancelCause(Context.background());
      Context childFirst = c.derive.apply(first);
      first.cancel(parentCause);
      assertSame(c.err, childFirst.err(), c.name);
      assertSame(c.cause, Context.cause(childFirst), c.name);
      assertSame(c.cause, Context.cause(Context.withValue(childFirst, A, "a")), c.name);
      assertSame(parentCause, Context.cause(first), c.name);

      var second = Context.withCancelCause(Context.background());
      second.cancel(parentCause);
      Context childSecond = c.derive.apply(second);
      assertSame(Context.CANCELED, childSecond.err(), c.name);
      assertSame(parentCause, Context.cause(childSecond), c.name);
    }
  }

  private static Context ended(Context parent, @Nullable Exception cause) {
    var c = Context.withCancelCause(parent);
    c.cancel(cause);
    c.cancel(new Exception("too late"));
    return c;
  }

  @Test
  void aCauseGoesDownAndNotUp() {
    var parent = Context.withCancelCause(Context.background());
    var middle = Context.withCancel(parent);
    var child = Context.withCancelCause(middle);
    child.cancel(childCause);
    assertNull(Context.cause(middle));
    assertNull(Context.cause(parent));
    parent.cancel(parentCause);
    assertSame(childCause, Context.cause(child));
    assertSame(parentCause, Context.cause(middle));
    assertNull(Context.cause(Context.background()));
  }

  // ---- values

  @Test
  void theNearestValueCounts() {
    var ctx = Context.withValue(Context.background(), A, "1");
    assertEquals("1", ctx.value(A));
    assertNull(ctx.value(B));
    var under = Context.withValue(Context.withCancel(ctx), B, "2");
    assertEquals("1", under.value(A));
    assertEquals("2", under.value(B));
    var hidden = Context.withValue(under, A, null);
    assertNull(hidden.value(A));
    assertEquals("1", under.value(A));
    assertEquals(
        "context.Background.WithValue(a, 1).WithCancel.WithValue(b, 2).WithValue(a, null)",
        hidden.toString());
  }

  @Test
  void aKeyIsEqualToItselfOnly() {
    Context.Key<String> again = Context.Key.of("a");
    assertNotSame(A, again);
    assertNull(Context.withValue(Context.background(), A, "1").value(again));
  }

  // ---- withoutCancel

  @Test
  void withoutCancelKeepsTheValuesOnly() {
    var parent = Context.withCancelCause(Context.withValue(Context.background(), A, "1"));
    var timed = Context.withTimeout(parent, Duration.ofHours(1));
    var free = Context.withoutCancel(timed);
    assertTrue(free.toString().endsWith(".WithoutCancel"), free.toString());
    assertEquals("1", free.value(A));
    assertSame(Channel.nil(), free.done());
    assertNull(free.deadline());
    parent.cancel(parentCause);
    assertNull(free.err());
    assertNull(Context.cause(free));
    var below = Context.withCancel(free);
    assertNull(below.err());
    below.cancel();
    assertSame(Context.CANCELED, Context.cause(below));
  }

  // ---- misuse

  @Test
  @SuppressWarnings("NullAway")
  void aNullParentIsRefused() {
    List<Executable> all =
        List.of(
            () -> Context.withCancel(null),
            () -> Context.withCancelCause(null),
            () -> Context.withDeadline(null, Instant.MAX),
            () -> Context.withDeadlineCause(null, Instant.MAX, null),
            () -> Context.withTimeout(null, Duration.ZERO),
            () -> Context.withTimeoutCause(null, Duration.ZERO, null),
            () -> Context.withValue(null, A, "a"),
            () -> Context.withoutCancel(null),
            () -> Context.afterFunc(null, () -> {}));
    for (Executable e : all) {
      var npe = assertThrows(NullPointerException.class, e);
      assertEquals("cannot create context from nil parent", npe.getMessage());
    }
    var key =
        assertThrows(
            NullPointerException.class, () -> Context.withValue(Context.todo(), null, "a"));
    assertEquals("nil key", key.getMessage());
  }
}
