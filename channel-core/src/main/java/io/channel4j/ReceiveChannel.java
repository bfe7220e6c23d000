package io.channel4j;

import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * The receiving direction of a {@link Channel}: Go's {@code <-chan T}.
 *
 * <p>A {@code ReceiveChannel} is a view by type only. It is the channel object itself, so {@code
 * ==} and hashing agree between the channel and its directional types, as they do in Go. The only
 * implementations are the ones that {@link Channel} makes.
 *
 * <p>Four ways to receive say how much you want to know: {@link #receive} gives the value or the
 * zero value, {@link #receiveOk} tells a value from "closed", {@link #tryReceive()} also tells "not
 * ready", and {@link #range} ends by itself when the channel is closed and drained.
 *
 * @param <T> the element type; {@code null} is an ordinary element where {@code T} allows it
 */
public sealed interface ReceiveChannel<T extends @Nullable Object> extends Iterable<T>
    permits Channel {

  /**
   * Receives a value, or the zero value if the channel is closed and drained. Go: {@code v :=
   * <-ch}.
   *
   * <p>On the nil channel it blocks for ever. Waiting receivers are served first come first served.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws and
   * nothing happened to the channel. If a value was handed over first, the call returns it and the
   * interrupt status stays set.
   *
   * <p>Memory: what happens before a send happens before the corresponding receive completes; what
   * happens before a close happens before a receive that returns because of it.
   *
   * <p>Go counterpart: {@code runtime.chanrecv1}, src/runtime/chan.go.
   *
   * @return the value; on a closed and drained channel the zero value that the channel was made
   *     with, {@code null} if none was given
   * @throws InterruptedException if interrupted before a value was handed over
   */
  @NullUnmarked // null only where null is sent, or no zero value was given
  T receive() throws InterruptedException;

  /**
   * Receives a value and whether it is one. Go: {@code v, ok := <-ch}.
   *
   * <p>Waiting, interruption and memory effects are those of {@link #receive}. Go counterpart:
   * {@code runtime.chanrecv2}, src/runtime/chan.go.
   *
   * @return the value with {@code ok == true}, or the zero value with {@code ok == false} if the
   *     channel is closed and drained
   * @throws InterruptedException if interrupted before a value was handed over
   */
  Received<T> receiveOk() throws InterruptedException;

  /**
   * Receives if that is possible without waiting. Go: a {@code select} with one receive case and a
   * {@code default}.
   *
   * <p>Never fails spuriously: "not ready" means that there was an instant during the call at which
   * the channel was open, held no value and had no waiting sender. Never overtakes a waiting
   * receiver. Does not park and does not look at the interrupt status; if another thread is stopped
   * between taking a slot of this channel and filling or emptying it, and the answer depends on
   * that slot, the call waits for that thread. On the nil channel the answer is "not ready".
   *
   * <p>Memory: a successful call has the effects of {@link #receive}; "not ready" promises nothing.
   *
   * @return one of four answers: not ready, ready with a value (which may be null), or ready
   *     because closed; see {@link TryReceived}
   */
  TryReceived<T> tryReceive();

  /**
   * Receives, waiting up to a time. Go: a {@code select} with a receive case and a {@code
   * time.After} case, without the timer.
   *
   * <p>A timeout that is zero or negative makes this {@link #tryReceive()}, except that an
   * interrupted thread is told so. Huge timeouts saturate; the resolution is that of {@link
   * System#nanoTime}. Interruption and memory effects are those of {@link #receive}.
   *
   * @param timeout how long to wait
   * @return as {@link #tryReceive()}; "not ready" means that the time passed and nothing happened
   *     to the channel
   * @throws InterruptedException if interrupted before a value was handed over
   */
  TryReceived<T> tryReceive(Duration timeout) throws InterruptedException;

  /**
   * Receives until the channel is closed and drained, and gives each value to the body. Go: {@code
   * for v := range ch}.
   *
   * <p>To leave early, throw from the body, or use the for-each loop over this {@link Iterable} and
   * {@code break}. Leaving early does not close the channel: a sender may then wait for ever, as in
   * Go.
   *
   * @param body what to do with each value
   * @param <X> what the body may throw; ends the loop
   * @throws InterruptedException if interrupted before a value was handed over
   * @throws X what the body threw
   */
  <X extends Exception> void range(RangeBody<? super T, X> body) throws InterruptedException, X;

  /**
   * An iterator that receives until the channel is closed and drained, for Java's for-each loop.
   * Go: {@code for v := range ch}.
   *
   * <p>{@code hasNext} receives, and so may wait; {@code next} hands that value out. An iterator is
   * for one thread; several iterators share the channel's values. A value that {@code hasNext} has
   * received and {@code next} has not handed out is lost with the iterator, which cannot happen in
   * a for-each loop.
   *
   * <p>Interruption: {@code hasNext} throws {@link java.util.concurrent.CancellationException} with
   * the message {@code "interrupted while receiving"}, and the interrupt status stays set.
   *
   * @return a new iterator
   */
  @Override
  Iterator<T> iterator();

  /**
   * A sequential, ordered stream of the values until the channel is closed and drained.
   *
   * <p>Short-circuiting operations such as {@code limit} and {@code findFirst} leave the channel
   * open, like a {@code break} in Go. Interruption is that of {@link #iterator}.
   *
   * @return a new stream
   */
  Stream<T> stream();

  /**
   * The number of values in the buffer. Go: {@code len(ch)}.
   *
   * <p>Always between 0 and {@link #cap}, exact when no other thread uses the channel, and a
   * snapshot of one instant otherwise. 0 for unbuffered and nil channels. Promises no memory order.
   *
   * @return the number of buffered values
   */
  int len();

  /**
   * The size of the buffer, in values. Go: {@code cap(ch)}.
   *
   * @return the capacity that the channel was made with; 0 for unbuffered and nil channels
   */
  int cap();

  /**
   * The body of {@link #range}.
   *
   * @param <T> the element type
   * @param <X> what the body may throw
   */
  @FunctionalInterface
  interface RangeBody<T extends @Nullable Object, X extends Exception> {
    /**
     * Uses one value.
     *
     * @param value the value received
     * @throws X to leave the loop
     * @throws InterruptedException to leave the loop
     */
    void accept(T value) throws X, InterruptedException;
  }
}
