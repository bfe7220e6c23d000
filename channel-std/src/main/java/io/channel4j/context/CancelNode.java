package io.channel4j.context;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A context that can be cancelled, and its place in the tree. Go: {@code cancelCtx}. */
abstract sealed class CancelNode extends DerivedContext
    permits CancelNode.Plain, CancelNode.WithCause, DeadlineNode, AfterFuncNode {
  /*
   * The end of a node is the close of its done channel: whatever is written before the close is there
   * for everybody who sees it closed, and err() gives nothing before. So there is no instant at which
   * err is known and done is open, or the other way round. Go stores err first and lets Err() wait.
   *
   * Order of events: err and cause written, done closed (from here on the node has ended), children
   * ended in the same order, each with its descendants, hooks run, node unlinked from its parent.
   *
   * Invariants. 1: a node ends once: under its lock, done not closed before.
   *             2: a node is in its parent's list of children until one of them ends; prev, next and
   *                linked belong to the parent's lock, firstChild to this node's.
   *             3: locks are taken from the root downwards. The one who ends a node keeps its lock
   *                until all its descendants have ended, so a second cancel returns after the first.
   *             4: no code of the user runs under a lock. Waiters on done are woken under it.
   *
   * Neither the stack nor the number of children matters: ending a tree is a loop that goes down by
   * firstChild and back up by linkedTo, and leaving a parent is an unlink.
   *
   * Differs from Go: children are a linked list instead of a map; they end youngest first.
   */

  /** A node's value for this key is the node itself, also through foreign contexts around it. */
  static final Key<CancelNode> SELF = Key.of("context.cancelCtxKey");

  /** What done is where nobody asked for the channel before the end. */
  private static final Channel<Void> CLOSED = closedChannel();

  private static final VarHandle DONE;

  static {
    try {
      DONE = MethodHandles.lookup().findVarHandle(CancelNode.class, "done", Channel.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final ReentrantLock lock = new ReentrantLock();

  /** Made by the first who asks, or CLOSED. */
  private volatile @Nullable Channel<Void> done;

  /** Both written under the lock before done is closed, read after it is. */
  private @Nullable ContextException err;

  private @Nullable Throwable cause;

  private @Nullable CancelNode firstChild;
  private @Nullable CancelNode prev;
  private @Nullable CancelNode next;
  private boolean linked;

  /** In whose list this node is or was. Set once, by attach, before others see this node. */
  private @Nullable CancelNode linkedTo;

  /** Takes back what attach has registered with a foreign parent. Set once, by attach. */
  private volatile @Nullable StopFunc leaveForeign;

  CancelNode(Context parent) {
    super(parent);
  }

  private static Channel<Void> closedChannel() {
    Channel<Void> c = Channel.make();
    c.close();
    return c;
  }

  // ---- the context

  @Override
  public final ReceiveChannel<Void> done() {
    Channel<Void> d = done;
    if (d != null) {
      return d;
    }
    Channel<Void> made = Channel.make();
    d = (Channel<Void>) DONE.compareAndExchange(this, null, made);
    return d == null ? made : d;
  }

  private boolean hasEnded() {
    Channel<Void> d = done;
    return d != null && (d == CLOSED || isClosed((ChannelBase<Void>) d));
  }

  private static boolean isClosed(ChannelBase<Void> d) {
    return !d.isQuietToReceive(d.stamp()); // nothing is ever sent
  }

  @Override
  public final @Nullable ContextException err() {
    return hasEnded() ? err : null;
  }

  @Override
  @SuppressWarnings("unchecked") // asked for SELF only
  final <T> T ownValue(Key<T> key) {
    return (T) this;
  }

  @Override
  final boolean ends(Key<?> key) {
    return key == SELF;
  }

  static @Nullable Throwable causeOf(Context ctx) {
    ContextException err = ctx.err();
    if (err == null) {
      return null;
    }
    CancelNode n = nodeOf(ctx);
    Throwable known = n != null && n.hasEnded() ? n.cause : null;
    return known == null ? err : known; // else it has ended by means of its own
  }

  /** The nearest node. A foreign class may answer any key with anything. */
  private static @Nullable CancelNode nodeOf(Context ctx) {
    Key<?> key = SELF;
    Object v = ctx.value(key);
    return v instanceof CancelNode n ? n : null;
  }

  // ---- attach: end when the parent ends

  /** The constructor's second half. Go: {@code propagateCancel}. */
  final void attach() {
    ReceiveChannel<Void> parentDone = parent.done();
    if (isNil(parentDone)) {
      return; // never ends
    }
    if (parentDone.tryReceive().isReady()) {
      endAsParent();
      return;
    }
    CancelNode node = nodeOf(parent);
    if (node != null
        && node.done() == parentDone) { // else somebody put a channel of his own around
      linkedTo = node;
      if (!node.link(this)) {
        endAsParent();
      }
    } else if (parent instanceof AfterFuncer a) {
      leaveForeign = a.afterFunc(this::endAsParent);
    } else {
      Thread.ofVirtual().name("context.propagateCancel").start(() -> awaitForeign(parentDone));
    }
  }

  /** A foreign class may come from code that knows no nullness. */
  private static boolean isNil(@Nullable ReceiveChannel<Void> c) {
    return c == null || c == Channel.<Void>nil();
  }

  private void awaitForeign(ReceiveChannel<Void> parentDone) {
    try {
      Select.<@Nullable Void>of()
          .receive(
              parentDone,
              () -> {
                endAsParent();
                return null;
              })
          .receive(done(), () -> null)
          .await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody knows this thread", e);
    }
  }

  private void endAsParent() {
    ContextException e = parent.err();
    if (e == null) {
      end(
          Context.CANCELED,
          new IllegalStateException(
              "the done channel of a "
                  + parent.getClass().getName()
                  + " is closed and its err() is null: set err before you close done"));
    } else {
      end(e, causeOf(parent));
    }
  }

  private boolean link(CancelNode child) {
    lock.lock();
    try {
      if (hasEnded()) {
        return false;
      }
      CancelNode first = firstChild;
      child.next = first;
      if (first != null) {
        first.prev = child;
      }
      firstChild = child;
      child.linked = true;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Under this node's lock. */
  private void unlink(CancelNode child) {
    if (!child.linked) {
      return;
    }
    child.linked = false;
    CancelNode p = child.prev;
    CancelNode n = child.next;
    if (p == null) {
      firstChild = n;
    } else {
      p.next = n;
    }
    if (n != null) {
      n.prev = p;
    }
    child.prev = null;
    child.next = null;
  }

  /** How many children wait for this node's end; for tests. */
  final int children() {
    lock.lock();
    try {
      int n = 0;
      for (CancelNode c = firstChild; c != null; c = c.next) {
        n++;
      }
      return n;
    } finally {
      lock.unlock();
    }
  }

  // ---- end

  /** Ends this node and all below it, if it has not ended, and returns when they all have. */
  final void end(ContextException e, @Nullable Throwable why) {
    List<Runnable> hooks = endTree(e, why == null ? e : why);
    CancelNode p = linkedTo;
    if (p != null) {
      p.lock.lock();
      try {
        p.unlink(this);
      } finally {
        p.lock.unlock();
      }
    }
    StopFunc leave = leaveForeign;
    if (leave != null) {
      leaveForeign = null;
      leave.stop();
    }
    runAll(hooks);
  }

  /** All of them, also if one cannot start its goroutine. */
  private static void runAll(List<Runnable> hooks) {
    Throwable first = null;
    for (Runnable hook : hooks) {
      try {
        hook.run();
      } catch (RuntimeException | Error e) {
        if (first == null) {
          first = e;
        }
      }
    }
    if (first instanceof RuntimeException e) {
      throw e;
    } else if (first instanceof Error e) {
      throw e;
    }
  }

  private List<Runnable> endTree(ContextException e, Throwable why) {
    if (!begin(e, why)) {
      return List.of();
    }
    List<Runnable> hooks = new ArrayList<>(0);
    for (CancelNode n = this; ; ) {
      CancelNode child = n.firstChild;
      if (child != null) {
        n.unlink(child);
        if (child.begin(e, why)) {
          n = child;
        }
        continue;
      }
      Runnable hook = n.hook();
      if (hook != null) {
        hooks.add(hook);
      }
      n.lock.unlock();
      CancelNode up = n.linkedTo;
      if (n == this || up == null) {
        return hooks;
      }
      n = up;
    }
  }

  /** Ends this node alone and keeps its lock; false, without the lock, if it had ended. */
  private boolean begin(ContextException e, Throwable why) {
    lock.lock();
    if (hasEnded()) {
      lock.unlock();
      return false;
    }
    err = e;
    cause = why;
    Channel<Void> d = done;
    if (d != null || !DONE.compareAndSet(this, null, CLOSED)) {
      d = done;
      if (d != null) {
        d.close();
      }
    }
    return true;
  }

  /** What else to do at the end, without locks. */
  @Nullable Runnable hook() {
    return null;
  }

  @Override
  String suffix() {
    return ".WithCancel";
  }

  // ---- what is nothing more than this

  /** Go: {@code WithCancel}. */
  static final class Plain extends CancelNode implements CancelContext {
    Plain(Context parent) {
      super(parent);
      attach();
    }

    @Override
    public void cancel() {
      end(CANCELED, null);
    }
  }

  /** Go: {@code WithCancelCause}. */
  static final class WithCause extends CancelNode implements CancelCauseContext {
    WithCause(Context parent) {
      super(parent);
      attach();
    }

    @Override
    public void cancel(@Nullable Throwable cause) {
      end(CANCELED, cause);
    }
  }
}
