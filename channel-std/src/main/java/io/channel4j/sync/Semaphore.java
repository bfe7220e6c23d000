package io.channel4j.sync;

import io.channel4j.Channel;
import io.channel4j.context.Context;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore whose permits are taken several at a time, strictly first come first served.
 *
 * <pre>{@code
 * var sem = new Semaphore(maxWorkers);
 * for (var job : jobs) {
 *   sem.acquire(ctx, 1);
 *   go(
 *       () -> {
 *         try {
 *           work(job);
 *         } finally {
 *           sem.release(1);
 *         }
 *       });
 * }
 * sem.acquire(ctx, maxWorkers); // all have ended
 * }</pre>
 *
 * <p>A small request does not overtake a large one that waits, not even by {@link #tryAcquire}, so
 * that the large one is served some day. ({@code java.util.concurrent.Semaphore.tryAcquire()}
 * overtakes.) Permits have no owner: one thread may acquire and another one release.
 *
 * <p>Memory: what happens before a release happens before the return of an acquire that needed it.
 *
 * <p>Go counterpart: {@code semaphore.Weighted}, golang.org/x/sync/semaphore.
 */
public final class Semaphore {
  /*
   * Everything is guarded by lock, which is held for a few instructions and never while anything
   * else is waited for; channels are closed after it is released. A waiter leaves the queue by being
   * granted its permits, or by itself when it gives up; whichever comes first under the lock.
   *
   * Differs from Go: an acquire whose thread is interrupted but was granted its permits before it
   * could leave returns normally, and the thread stays interrupted.
   */
  private static final class Waiter {
    final long n;
    final Channel<Void> ready = Channel.make(); // closed when granted
    boolean granted; // guarded by lock

    Waiter(long n) {
      this.n = n;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final long size;
  private long held;
  private final Set<Waiter> waiters = new LinkedHashSet<>(); // a queue that any may leave quickly

  /**
   * Makes a semaphore. Go: {@code semaphore.NewWeighted(size)}.
   *
   * @param size how many permits there are
   * @throws IllegalArgumentException if it is negative
   */
  public Semaphore(long size) {
    this.size = checkNumber(size);
  }

  private static long checkNumber(long n) {
    if (n < 0) {
      throw new IllegalArgumentException("a number of permits must be 0 or more, not " + n);
    }
    return n;
  }

  /**
   * Takes permits, waiting until they are there.
   *
   * <p>A request for more than the semaphore's size waits for ever, without being in anybody's way.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws and
   * nothing happened to the semaphore. If the permits were granted first, the call returns and the
   * interrupt status stays set.
   *
   * @param n how many, 0 or more
   * @throws InterruptedException if interrupted before the permits were granted
   * @throws IllegalArgumentException if n is negative
   */
  public void acquire(long n) throws InterruptedException {
    checkNumber(n);
    checkInterrupt();
    Waiter w = enter(n);
    if (w == null) {
      return;
    }
    try {
      w.ready.receiveOk();
    } catch (InterruptedException e) {
      if (leave(w)) {
        throw e;
      }
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes permits, waiting until they are there or a context ends. Go: {@code s.Acquire(ctx, n)}.
   *
   * <p>If the context has ended, the call throws, also if the permits are there. A request for more
   * than the semaphore's size waits for the context, without being in anybody's way. Interruption
   * is that of {@link #acquire(long)}.
   *
   * @param ctx ends the wait
   * @param n how many, 0 or more
   * @throws io.channel4j.context.ContextException if the context ended: {@link Context#err}; the
   *     permits are not taken
   * @throws InterruptedException if interrupted before the permits were granted
   * @throws IllegalArgumentException if n is negative
   */
  public void acquire(Context ctx, long n) throws InterruptedException {
    checkNumber(n);
    checkInterrupt();
    throwIfEnded(ctx);
    Waiter w = enter(n);
    if (w == null) {
      return;
    }
    boolean ready;
    try {
      ready =
          Select.<Boolean>of()
              .receive(w.ready, () -> true)
              .receive(ctx.done(), () -> false)
              .await();
    } catch (InterruptedException e) {
      if (leave(w)) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return;
    }
    if (ctx.err() != null) {
      if (!leave(w)) {
        release(n); // granted, but the context comes first
      }
      throwIfEnded(ctx);
    }
    if (!ready && leave(w)) {
      throw new IllegalStateException(
          "the done channel of a "
              + ctx.getClass().getName()
              + " is closed and its err() is null: set err before you close done");
    }
  }

  private static void throwIfEnded(Context ctx) {
    RuntimeException err = ctx.err();
    if (err != null) {
      throw err;
    }
  }

  private static void checkInterrupt() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Takes the permits and gives null, or lines up. */
  private @Nullable Waiter enter(long n) {
    lock.lock();
    try {
      if (tryTake(n)) {
        return null;
      }
      Waiter w = new Waiter(n);
      if (n <= size) { // else it would keep everybody else waiting for ever
        waiters.add(w);
      }
      return w;
    } finally {
      lock.unlock();
    }
  }

  private boolean tryTake(long n) {
    if (size - held < n || !waiters.isEmpty()) {
      return false;
    }
    held += n;
    return true;
  }

  /** Gives up; false if the permits were granted before. */
  private boolean leave(Waiter w) {
    List<Waiter> granted;
    lock.lock();
    try {
      if (w.granted) {
        return false;
      }
      waiters.remove(w);
      granted = grant(); // those whom it had kept waiting
    } finally {
      lock.unlock();
    }
    wake(granted);
    return true;
  }

  /**
   * Takes permits if they are there and nobody waits. Go: {@code s.TryAcquire(n)}.
   *
   * <p>Does not wait and does not look at the interrupt status.
   *
   * @param n how many, 0 or more
   * @return whether they were taken
   * @throws IllegalArgumentException if n is negative
   */
  public boolean tryAcquire(long n) {
    checkNumber(n);
    lock.lock();
    try {
      return tryTake(n);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives permits back. Go: {@code s.Release(n)}.
   *
   * @param n how many, 0 or more
   * @throws IllegalStateException with the message {@code "semaphore: released more than held"} if
   *     fewer are held; nothing has changed then
   * @throws IllegalArgumentException if n is negative
   */
  public void release(long n) {
    checkNumber(n);
    List<Waiter> granted;
    lock.lock();
    try {
      if (held < n) {
        throw new IllegalStateException("semaphore: released more than held");
      }
      held -= n;
      granted = grant();
    } finally {
      lock.unlock();
    }
    wake(granted);
  }

  /** Grants from the front, as far as the permits go; gives those who have to be told. */
  private List<Waiter> grant() {
    if (waiters.isEmpty()) {
      return List.of();
    }
    var granted = new ArrayList<Waiter>(1);
    for (var i = waiters.iterator(); i.hasNext(); ) {
      Waiter w = i.next();
      if (size - held < w.n) {
        break; // those behind it wait as well, or else a large request would wait for ever
      }
      held += w.n;
      w.granted = true;
      i.remove();
      granted.add(w);
    }
    return granted;
  }

  private static void wake(List<Waiter> granted) {
    for (Waiter w : granted) {
      w.ready.close();
    }
  }

  /** How many threads wait; for tests and dumps. */
  int waiting() {
    lock.lock();
    try {
      return waiters.size();
    } finally {
      lock.unlock();
    }
  }

  /** Permits held and in all, for logs. */
  @Override
  public String toString() {
    lock.lock();
    try {
      return "Semaphore[" + held + "/" + size + "]";
    } finally {
      lock.unlock();
    }
  }
}
