package io.channel4j.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}
