package io.channel4j.context;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who ends with whom, and what is left behind. */
class ContextTreeTest {

  @Test
  void theRootsNeverEnd() {
    for (Context root : List.of(Context.background(), Context.todo())) {
      assertSame(Channel.nil(), root.done());
      assertNull(root.err());
      assertNull(root.deadline());
      assertNull(Context.cause(root));
    }
    assertEquals("context.Background", Context.background().toString());
    assertEquals("context.TODO", Context.todo().toString());
  }

  @Test
  void cancelEndsTheWholeTreeAndNothingElse() {
    try (var top = Context.withCancel(Context.background())) {
      var parent = Context.withCancel(top);
      var sibling = Context.withCancel(top);
      var child = Context.withCancel(parent);
      var grandchild = Context.withCancelCause(child);
      assertFalse(grandchild.done().tryReceive().isReady());
      parent.cancel();
      for (Context c : List.of(parent, child, grandchild)) {
        assertSame(Context.CANCELED, c.err());
        assertSame(Context.CANCELED, Context.cause(c));
        assertTrue(c.done().tryReceive().isReady());
        assertFalse(c.done().tryReceive().ok());
      }
      assertNull(top.err());
      assertNull(sibling.err());
      assertEquals(1, ((CancelNode) top).children());
      sibling.cancel();
      assertEquals(0, ((CancelNode) top).children());
    }
  }

  @Test
  void aChainOf100000EndsWithoutRecursion() {
    var root = Context.withCancel(Context.background());
    Context.Key<String> key = Context.Key.of("key");
    List<Context> all = new ArrayList<>();
    Context c = root;
    for (int i = 0; i < 100_000; i++) {
      c = i % 2 == 0 ? Context.withCancel(c) : Context.withValue(c, key, "v");
      all.add(c);
    }
    assertTrue(c.toString().length() > 1_000_000);
    assertNull(c.deadline());
    root.cancel();
    for (Context x : all) {
      assertSame(Context.CANCELED, x.err());
    }
  }

  /**
   * 200,000 contexts, in a random tree and as children of one, cancelled from the root and one by
   * one. At ten steps for each this takes a second; if one step were a walk over the siblings, 20
   * thousand million steps would not end before the test's deadline.
   */
  @Test
  void aTreeEndsInStepsProportionalToItsSize() {
    int size = 200_000;
    Random random = new Random(size);
    for (boolean deep : new boolean[] {true, false}) {
      for (boolean fromTheRoot : new boolean[] {true, false}) {
        List<CancelContext> all = new ArrayList<>();
        all.add(Context.withCancel(Context.background()));
        while (all.size() < size) {
          all.add(Context.withCancel(all.get(deep ? random.nextInt(all.size()) : 0)));
        }
        if (fromTheRoot) {
          all.get(0).cancel();
        } else {
          all.reversed().forEach(CancelContext::cancel);
        }
        for (Context x : all) {
          assertSame(Context.CANCELED, x.err());
        }
      }
    }
  }

  @Test
  void childrenThatEndLeaveTheirParentAtOnceInAnyOrder() {
    var parent = Context.withCancel(Context.background());
    List<CancelContext> children = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      children.add(Context.withCancel(parent));
    }
    Collections.shuffle(children, new Random(1));
    for (int i = 0; i < children.size(); i++) {
      children.get(i).cancel();
      if (i % 1_000 == 999) {
        assertEquals(10_000 - i - 1, ((CancelNode) parent).children());
      }
    }
    assertNull(parent.err());
  }

  @Test
  void anEndedChildIsNotHeldByItsParent() throws InterruptedException {
    var parent = Context.withCancel(Context.background());
    var reference = endedChild(parent);
    Until.collected(reference);
    assertNull(parent.err());
  }

  private static WeakReference<Context> endedChild(Context parent) {
    var child = Context.withTimeout(parent, Duration.ofHours(1));
    child.cancel();
    return new WeakReference<>(child);
  }

  /** Go counterpart: TestSimultaneousCancels, src/context/context_test.go. */
  @ParameterizedTest
  @EnumSource
  void allOfATreeAreCancelledAtOnce(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int size = kind == ThreadKind.VIRTUAL ? 2_000 : 200;
          Random random = new Random(7);
          List<CancelContext> all = new ArrayList<>();
          all.add(Context.withCancel(Context.background()));
          while (all.size() < size) {
            all.add(Context.withCancel(all.get(random.nextInt(all.size()))));
          }
          List<Goroutine> cancellers = new ArrayList<>();
          for (CancelContext c : all) {
            cancellers.add(
                go(
                    () -> {
                      c.cancel();
                      assertSame(Context.CANCELED, c.err());
                    }));
          }
          for (CancelContext c : all) {
            var unused = c.done().receive();
          }
          for (Goroutine g : cancellers) {
            g.join();
          }
          for (CancelContext c : all) {
            assertEquals(0, ((CancelNode) c).children());
          }
        });
  }

  /** Whoever calls cancel, all below have ended when it returns. */
  @ParameterizedTest
  @EnumSource
  void aSecondCancelReturnsAfterTheFirst(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 200; round++) {
            var root = Context.withCancel(Context.background());
            List<Context> leaves = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
              leaves.add(Context.withCancel(Context.withCancel(root)));
            }
            List<Goroutine> two = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
              two.add(
                  go(
                      () -> {
                        root.cancel();
                        for (Context leaf : leaves) {
                          assertSame(Context.CANCELED, leaf.err());
                        }
                      }));
            }
            for (Goroutine g : two) {
              g.join();
            }
          }
        });
  }

  /** Go counterpart: TestContextErrDoneRace and TestCauseRace, src/context/context_test.go. */
  @ParameterizedTest
  @EnumSource
  void errIsThereIfAndOnlyIfDoneIsClosed(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var why = new Exception("why");
          for (int round = 0; round < 500; round++) {
            var ctx = Context.withCancelCause(Context.background());
            Goroutine byErr =
                go(
                    () -> {
                      while (ctx.err() == null) {
                        Thread.onSpinWait();
                      }
                      assertTrue(ctx.done().tryReceive().isReady());
                      assertSame(why, Context.cause(ctx));
                    });
            Goroutine byDone =
                go(
                    () -> {
                      var unused = ctx.done().receive();
                      assertSame(Context.CANCELED, ctx.err());
                      assertSame(why, Context.cause(ctx));
                    });
            ctx.cancel(why);
            byErr.join();
            byDone.join();
          }
        });
  }

  /** Derives and cancels under a parent that ends meanwhile: nobody is forgotten. */
  @ParameterizedTest
  @EnumSource
  void whoJoinsAnEndingTreeEnds(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 200; round++) {
            var root = Context.withCancel(Context.background());
            List<Goroutine> all = new ArrayList<>();
            for (int g = 0; g < 4; g++) {
              all.add(
                  go(
                      () -> {
                        Context c = root;
                        for (int i = 0; i < 20; i++) {
                          c = Context.withCancel(c);
                        }
                        var unused = c.done().receive();
                      }));
            }
            root.cancel();
            for (Goroutine g : all) {
              g.join();
            }
            assertEquals(0, ((CancelNode) root).children());
          }
        });
  }
}
