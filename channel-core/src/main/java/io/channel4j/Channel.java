package io.channel4j;

import io.channel4j.internal.Channels;
import org.jspecify.annotations.Nullable;

/**
 * A Go channel: a typed queue of fixed capacity between threads, with close-broadcast, and usable
 * in a {@code select}.
 *
 * <table>
 * <caption>Go and Java</caption>
 * <tr><th>Go</th><th>Java</th></tr>
 * <tr><td>{@code make(chan T)}</td><td>{@code Channel.<T>make()}</td></tr>
 * <tr><td>{@code make(chan T, 16)}</td><td>{@code Channel.<T>make(16)}</td></tr>
 * <tr><td>{@code make(chan int, 16)}</td><td>{@code Channel.<Integer>make(16, 0)}: gives 0, not
 * null, when closed</td></tr>
 * <tr><td>{@code var ch chan T} (nil)</td><td>{@code Channel.<T>nil()}</td></tr>
 * <tr><td>{@code ch <- v}</td><td>{@link #send send(v)}</td></tr>
 * <tr><td>{@code v := <-ch}</td><td>{@link #receive receive()}</td></tr>
 * <tr><td>{@code v, ok := <-ch}</td><td>{@link #receiveOk receiveOk()}</td></tr>
 * <tr><td>{@code for v := range ch}</td><td>{@code for (T v : ch)} or {@link #range range(v -> …)}
 * </td></tr>
 * <tr><td>{@code select { case v := <-ch: … default: … }}</td><td>{@link #tryReceive()}</td></tr>
 * <tr><td>{@code close(ch), len(ch), cap(ch)}</td><td>{@link #close}, {@link #len}, {@link #cap}
 * </td></tr>
 * </table>
 *
 * <p>Channels are safe for use by any number of platform and virtual threads. They use no monitor
 * and no lock. A channel has the identity of its object: {@code equals} is {@code ==}, and the
 * directional types {@link SendChannel} and {@link ReceiveChannel} are the same object.
 *
 * <p>Memory: Go's four channel rules hold (The Go Memory Model, "Channel communication").
 *
 * <ol>
 *   <li>A send happens before the corresponding receive completes.
 *   <li>A close happens before a receive that returns because the channel is closed.
 *   <li>A receive from an unbuffered channel happens before the corresponding send completes.
 *   <li>The k-th receive from a channel of capacity C happens before the (k+C)-th send completes.
 * </ol>
 *
 * @param <T> the element type; write {@code Channel<@Nullable Foo>} to send nulls
 */
public sealed interface Channel<T extends @Nullable Object>
    extends SendChannel<T>, ReceiveChannel<T> permits io.channel4j.internal.ChannelBase {

  /**
   * Makes an unbuffered channel with no zero value. Go: {@code make(chan T)}.
   *
   * @param <T> the element type
   * @return a new channel; when closed it gives {@code null}
   */
  static <T extends @Nullable Object> Channel<T> make() {
    return Channels.make(0, null);
  }

  /**
   * Makes a channel with no zero value. Go: {@code make(chan T, capacity)}.
   *
   * @param capacity how many values it buffers, 0 to 2^30, exactly; memory for them is taken now
   * @param <T> the element type
   * @return a new channel; when closed and drained it gives {@code null}
   * @throws ChannelPanic.SizeOutOfRange with the message {@code "makechan: size out of range"} if
   *     the capacity is negative or above 2^30
   */
  static <T extends @Nullable Object> Channel<T> make(int capacity) {
    return Channels.make(capacity, null);
  }

  /**
   * Makes a channel with a zero value. Go: {@code make(chan int, capacity)}, where the type has a
   * zero value of its own.
   *
   * @param capacity how many values it buffers, 0 to 2^30, exactly; memory for them is taken now
   * @param zero what a receive gives when the channel is closed and drained
   * @param <T> the element type
   * @return a new channel
   * @throws ChannelPanic.SizeOutOfRange with the message {@code "makechan: size out of range"} if
   *     the capacity is negative or above 2^30
   */
  static <T extends @Nullable Object> Channel<T> make(int capacity, T zero) {
    return Channels.make(capacity, zero);
  }

  /**
   * The nil channel, on which sends and receives block for ever, and which disables a case of a
   * select. Go: a channel variable that is {@code nil}.
   *
   * @param <T> the element type
   * @return the one nil channel
   */
  static <T extends @Nullable Object> Channel<T> nil() {
    return Channels.nil();
  }
}
