package io.channel4j.sync;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.go.Go;
import io.channel4j.go.Goroutine;
import io.channel4j.internal.Gate;
import io.channel4j.internal.Parker;
import io.channel4j.internal.WaitReason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Suppresses duplicate calls: while a call for a key is under way, whoever else asks for that key
 * waits for it and gets the same result.
 *
 * <pre>{@code
 * private final SingleFlight<String, Page> flight = new SingleFlight<>();
 *
 * Page page(String url) throws InterruptedException, IOException {
 *   return flight.<IOException>doIt(url, () -> fetch(url)).value();
 * }
 * }</pre>
 *
 * <p>It is no cache: when the call is over, its key is forgotten, and the next one calls again.
 *
 * <p>What the function throws, every caller gets, the same object: an {@link Error} too, which is
 * Go's panic, and an {@link InterruptedException}, which is Go's Goexit. Think of the latter before
 * you let the function depend on whether the first caller is interrupted or cancelled.
 *
 * <p>Memory: what the function did happens before the return of every call that it serves.
 *
 * <p>Go counterpart: {@code singleflight.Group}, golang.org/x/sync/singleflight.
 *
 * @param <K> the type of the keys, compared by {@code equals}
 * @param <V> the type of the values
 */
public final class SingleFlight<K extends @Nullable Object, V extends @Nullable Object> {
  /*
   * lock guards calls and each call's followers; it is never held while the function runs or a
   * channel is used. The leader writes the result, forgets the key under the lock, which fixes the
   * followers, and opens the gate: so nobody joins a call that is over.
   */
  private final class Call {
    /** Who runs the function; null while a goroutine for it is being started. */
    volatile @Nullable Thread leader;

    final Gate gate = new Gate();
    final List<Channel<Result<V>>> channels = new ArrayList<>(0); // guarded by lock
    int duplicates; // guarded by lock until the gate is open

    // Written by the leader before the gate is open, read after.
    @Nullable V value;
    @Nullable Throwable error;

    Result<V> result() {
      return SingleFlight.result(value, error, duplicates > 0);
    }
  }

  /**
   * What a call gave.
   *
   * @param value what the function gave; null if it failed
   * @param error what the function threw, or null
   * @param shared whether several callers got this
   * @param <V> the type of the value
   */
  @NullUnmarked // the value is null only where the function gives null, or has failed
  public record Result<V extends @Nullable Object>(
      V value, @Nullable Throwable error, boolean shared) {

    /**
     * The value, or the failure as an exception.
     *
     * @param <X> the checked exception that the function may throw; none if left out
     * @return what the function gave
     * @throws X what the function threw
     */
    public <X extends Exception> V get() throws X {
      if (error != null) {
        OnceValue.<RuntimeException>sneak(error);
      }
      return value;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<K, Call> calls = new HashMap<>(); // guarded by lock

  /** Makes a group without calls. Go: {@code var g singleflight.Group}. */
  public SingleFlight() {}

  @NullUnmarked // see Result
  private static <V extends @Nullable Object> Result<V> result(
      @Nullable V value, @Nullable Throwable error, boolean shared) {
    return new Result<V>(value, error, shared);
  }

  /**
   * Calls the function in this thread, or waits for the call for that key that is under way. Go:
   * {@code g.Do(key, fn)}.
   *
   * <p>A checked exception that the caller wants to catch by name is declared by the type argument.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits for another one's
   * call, this throws, and that call goes on. To the function an interrupt means what it says.
   *
   * @param key what the call is about
   * @param fn the function; not called if a call is under way
   * @param <X> the checked exception that the function may throw; none if left out
   * @return the value, and whether others got it as well
   * @throws InterruptedException if interrupted before the other call was over, or if the function
   *     was
   * @throws X what the function threw
   * @throws IllegalStateException if called by the function of a call for that key, with the
   *     message {@code "SingleFlight.doIt called by the function of the same key, which would wait
   *     for itself"}
   */
  public <X extends Exception> Result<V> doIt(K key, Callable<? extends V> fn)
      throws InterruptedException, X {
    Objects.requireNonNull(fn, "fn");
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Call mine = null;
    Call c;
    lock.lock();
    try {
      c = calls.get(key);
      if (c == null) {
        mine = new Call();
        calls.put(key, mine);
        c = mine;
      } else if (Thread.currentThread().equals(c.leader)) {
        throw new IllegalStateException(
            "SingleFlight.doIt called by the function of the same key, which would wait for"
                + " itself");
      } else {
        c.duplicates++;
      }
    } finally {
      lock.unlock();
    }
    if (mine != null) {
      call(mine, key, fn);
    } else if (c.gate.await(WaitReason.SYNC_WAIT_GROUP_WAIT, false, 0) == Parker.INTERRUPTED) {
      throw new InterruptedException();
    }
    Result<V> r = c.result();
    var unused = r.get(); // throws if it failed
    return r;
  }

  /**
   * As {@link #doIt}, and gives a channel on which the result will arrive. The function runs in a
   * new goroutine. Go: {@code g.DoChan(key, fn)}.
   *
   * <p>The channel gets one value and is not closed. Does not wait and does not look at the
   * interrupt status. An {@link Error} is a panic of that goroutine as well, with what its program
   * does about panics; in Go it ends the process.
   *
   * @param key what the call is about
   * @param fn the function; not called if a call is under way
   * @return a channel of capacity 1
   */
  public ReceiveChannel<Result<V>> doChan(K key, Callable<? extends V> fn) {
    Objects.requireNonNull(fn, "fn");
    Channel<Result<V>> ch = Channel.make(1);
    Call mine;
    lock.lock();
    try {
      Call c = calls.get(key);
      if (c != null) {
        c.duplicates++;
        c.channels.add(ch);
        return ch;
      }
      mine = new Call();
      mine.channels.add(ch);
      calls.put(key, mine);
    } finally {
      lock.unlock();
    }
    boolean running = false;
    try {
      Goroutine unused = Go.go(() -> lead(mine, key, fn));
      running = true;
    } finally {
      if (!running) {
        mine.error = new IllegalStateException("no memory for a goroutine");
        finish(mine, key);
      }
    }
    return ch;
  }

  private void lead(Call c, K key, Callable<? extends V> fn) {
    call(c, key, fn);
    if (c.error instanceof Error e) {
      throw e;
    }
  }

  /** The leader's part: the call, and everything that must happen whichever way it ends. */
  private void call(Call c, K key, Callable<? extends V> fn) {
    c.leader = Thread.currentThread();
    try {
      c.value = fn.call();
    } catch (Throwable t) {
      c.error = t;
    }
    finish(c, key);
  }

  private void finish(Call c, K key) {
    List<Channel<Result<V>>> channels;
    lock.lock();
    try {
      calls.remove(key, c);
      channels = List.copyOf(c.channels);
      c.channels.clear();
    } finally {
      lock.unlock();
    }
    c.gate.open();
    for (Channel<Result<V>> ch : channels) {
      boolean unused = ch.trySend(c.result());
    }
  }

  /**
   * Lets the next call for a key call its function, also while one is under way. Go: {@code
   * g.Forget(key)}.
   *
   * @param key the key
   */
  public void forget(K key) {
    lock.lock();
    try {
      calls.remove(key);
    } finally {
      lock.unlock();
    }
  }
}
