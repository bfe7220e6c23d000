package io.channel4j.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contexts of a user's own class, as parents. */
class ForeignContextTest {

  /** Wraps a context; ends by itself if it has a done channel of its own. */
  private static class Foreign implements Context {
    final Context inner;
    final @Nullable Channel<Void> own;
    volatile @Nullable ContextException err;

    Foreign(Context inner, boolean ownDone) {
      this.inner = inner;
      this.own = ownDone ? Channel.make() : null;
    }

    void end(@Nullable ContextException e) {
      err = e;
      if (own != null) {
        own.close();
      }
    }

    @Override
    public @Nullable Instant deadline() {
      return inner.deadline();
    }

    @Override
    public ReceiveChannel<Void> done() {
      return own == null ? inner.done() : own;
    }

    @Override
    public @Nullable ContextException err() {
      return own == null ? inner.err() : err;
    }

    @Override
    public <T> @Nullable T value(Key<T> key) {
      return inner.value(key);
    }

    int waiters() {
      return ((ChannelBase<?>) done()).waitingReceivers();
    }
  }

  /** Tells of its end by callbacks. */
  private static final class Callbacks extends Foreign implements Context.AfterFuncer {
    final List<Runnable> registered = new ArrayList<>();

    Callbacks() {
      super(Context.background(), true);
    }

    @Override
    public synchronized StopFunc afterFunc(Runnable f) {
      registered.add(f);
      return () -> remove(f);
    }

    private synchronized boolean remove(Runnable f) {
      return registered.remove(f);
    }

    @Override
    void end(@Nullable ContextException e) {
      super.end(e);
      List<Runnable> all;
      synchronized (this) {
        all = List.copyOf(registered);
        registered.clear();
      }
      all.forEach(Runnable::run);
    }
  }

  @Test
  void aWrapperWithoutADoneOfItsOwnIsPassedThrough() {
    var root = Context.withCancelCause(Context.background());
    var wrapper = new Foreign(root, false);
    var child = Context.withCancel(wrapper);
    assertEquals(1, ((CancelNode) root).children(), "no goroutine, a place in the tree");
    var why = new Exception("why");
    root.cancel(why);
    assertSame(Context.CANCELED, child.err());
    assertSame(why, Context.cause(child));
    assertSame(why, Context.cause(wrapper));
  }

  @Test
  void aWrapperWithItsOwnDoneIsNotBypassed() throws InterruptedException {
    var root = Context.withCancelCause(Context.background());
    var wrapper = new Foreign(root, true);
    var child = Context.withCancel(wrapper);
    assertEquals(0, ((CancelNode) root).children());
    root.cancel(new Exception());
    assertNull(child.err());
    wrapper.end(Context.DEADLINE_EXCEEDED);
    var unused = child.done().receive();
    assertSame(Context.DEADLINE_EXCEEDED, child.err());
  }

  @Test
  void aForeignEndGoesDown() throws InterruptedException {
    var foreign = new Foreign(Context.background(), true);
    var child = Context.withTimeout(foreign, Duration.ofHours(1));
    var grandchild = Context.withCancel(Context.withValue(child, Context.Key.of("k"), 1));
    assertNull(child.err());
    foreign.end(Context.DEADLINE_EXCEEDED);
    var unused = grandchild.done().receive();
    for (Context c : List.of(child, grandchild)) {
      assertSame(Context.DEADLINE_EXCEEDED, c.err());
      assertSame(Context.DEADLINE_EXCEEDED, Context.cause(c));
    }
    var late = Context.withCancel(foreign);
    assertSame(Context.DEADLINE_EXCEEDED, late.err());
  }

  @Test
  void theGoroutineForAForeignParentEndsWithTheChild() throws InterruptedException {
    var foreign = new Foreign(Context.background(), true);
    var child = Context.withCancel(foreign);
    Until.holds(() -> foreign.waiters() == 1);
    var below = Context.withCancel(child); // needs none
    child.cancel();
    assertSame(Context.CANCELED, below.err());
    Until.holds(() -> foreign.waiters() == 0);
  }

  @Test
  void callbacksTakeThePlaceOfAGoroutine() {
    var foreign = new Callbacks();
    var child = Context.withCancel(foreign);
    var timed = Context.withTimeout(foreign, Duration.ofHours(1));
    var stop = Context.afterFunc(foreign, () -> {});
    assertEquals(3, foreign.registered.size());
    assertEquals(0, foreign.waiters());
    child.cancel();
    assertEquals(2, foreign.registered.size(), "left at once");
    assertTrue(stop.stop());
    assertFalse(stop.stop());
    assertEquals(1, foreign.registered.size());
    foreign.end(Context.CANCELED);
    assertSame(Context.CANCELED, timed.err());
    assertEquals(0, foreign.registered.size());
  }

  @Test
  void aForeignEndWithoutAnErrorSaysWhoIsWrong() throws InterruptedException {
    var foreign = new Foreign(Context.background(), true);
    var child = Context.withCancel(foreign);
    foreign.end(null);
    var unused = child.done().receive();
    assertSame(Context.CANCELED, child.err());
    var cause = assertInstanceOf(IllegalStateException.class, Context.cause(child));
    assertEquals(
        "the done channel of a "
            + Foreign.class.getName()
            + " is closed and its err() is null: set err before you close done",
        cause.getMessage());
  }

  @Test
  void theNameOfAForeignParentStands() {
    var foreign =
        new Foreign(Context.background(), true) {
          @Override
          public String toString() {
            return "mine";
          }
        };
    assertEquals("mine.WithCancel", Context.withCancel(foreign).toString());
    foreign.end(Context.CANCELED);
  }

  /** Go: a type assertion in propagateCancel and Cause, which such a value fails. */
  @Test
  void oneThatAnswersEveryKeyIsAParentLikeOthers() throws Exception {
    var parent =
        new Foreign(Context.background(), true) {
          @Override
          @SuppressWarnings("unchecked") // that is its fault
          public <T> T value(Key<T> key) {
            return (T) (Object) ("of " + key);
          }
        };
    try (var ctx = Context.withCancel(parent)) {
      parent.end(Context.DEADLINE_EXCEEDED);
      assertNull(ctx.done().receive());
      assertSame(Context.DEADLINE_EXCEEDED, ctx.err());
      assertSame(Context.DEADLINE_EXCEEDED, Context.cause(ctx));
      assertSame(Context.DEADLINE_EXCEEDED, Context.cause(parent));
    }
  }
}
