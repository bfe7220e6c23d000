package io.channel4j;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The sending direction of a {@link Channel}: Go's {@code chan<- T}.
 *
 * <p>A {@code SendChannel} is a view by type only. It is the channel object itself, so {@code ==}
 * and hashing agree between the channel and its directional types, as they do in Go. The only
 * implementations are the ones that {@link Channel} makes.
 *
 * @param <T> the element type; {@code null} is an ordinary element where {@code T} allows it
 */
public sealed interface SendChannel<T extends @Nullable Object> permits Channel {

  /**
   * Sends a value, waiting until a receiver or a free slot takes it. Go: {@code ch <- value}.
   *
   * <p>On an unbuffered channel the call returns only after a receiver has taken the value. On the
   * nil channel it blocks for ever. Waiting senders are served first come first served.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws and
   * nothing happened to the channel. If the value was handed over first, the call returns normally
   * and the interrupt status stays set.
   *
   * <p>Memory: what happens before a send happens before the corresponding receive completes. On an
   * unbuffered channel the receive happens before the send completes; on a channel of capacity C
   * the k-th receive happens before the (k+C)-th send completes.
   *
   * <p>Go counterpart: {@code runtime.chansend}, src/runtime/chan.go.
   *
   * @param value the element; {@code null} is an element like any other
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the
   *     channel is closed, or is closed while this send waits; the value was not sent
   * @throws InterruptedException if interrupted before the value was handed over
   */
  void send(T value) throws InterruptedException;

  /**
   * Sends a value if that is possible without waiting. Go: a {@code select} with one send case and
   * a {@code default}.
   *
   * <p>Never fails spuriously: {@code false} means that there was an instant during the call at
   * which no receiver waited and no slot was free. Never overtakes a waiting sender. Does not park
   * and does not look at the interrupt status; if another thread is stopped between taking a slot
   * of this channel and filling or emptying it, and the answer depends on that slot, the call waits
   * for that thread. On the nil channel the answer is {@code false}.
   *
   * <p>Memory: a successful call has the effects of {@link #send}; an unsuccessful one promises
   * nothing.
   *
   * @param value the element; {@code null} is an element like any other
   * @return whether the value was sent
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the
   *     channel is closed
   */
  boolean trySend(T value);

  /**
   * Sends a value, waiting up to a time. Go: a {@code select} with a send case and a {@code
   * time.After} case, without the timer.
   *
   * <p>A timeout that is zero or negative makes this {@link #trySend(Object)}, except that an
   * interrupted thread is told so. Huge timeouts saturate; the resolution is that of {@link
   * System#nanoTime}. Interruption and memory effects are those of {@link #send}.
   *
   * @param value the element; {@code null} is an element like any other
   * @param timeout how long to wait
   * @return {@code true} if the value was sent, {@code false} if the time passed and nothing
   *     happened to the channel
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the
   *     channel is closed, or is closed while this send waits
   * @throws InterruptedException if interrupted before the value was handed over
   */
  boolean trySend(T value, Duration timeout) throws InterruptedException;

  /**
   * Closes the channel. Go: {@code close(ch)}.
   *
   * <p>Every waiting receiver gets the zero value with {@code ok == false}, every waiting sender
   * throws {@link ChannelPanic.SendOnClosed}. Values that are already buffered can still be
   * received. In which order the waiting threads wake up is not promised. Never waits.
   *
   * <p>Memory: what happens before the close happens before a receive that returns because the
   * channel is closed.
   *
   * <p>Go counterpart: {@code runtime.closechan}, src/runtime/chan.go.
   *
   * @throws ChannelPanic.CloseOfClosed with the message {@code "close of closed channel"} if it was
   *     closed before
   * @throws ChannelPanic.CloseOfNil with the message {@code "close of nil channel"} on the nil
   *     channel
   */
  void close();

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
}
