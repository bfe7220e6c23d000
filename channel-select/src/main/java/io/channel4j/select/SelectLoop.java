package io.channel4j.select;

import io.channel4j.ChannelPanic;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.internal.ChannelBase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A select that is used again and again: Go's {@code for { select { … } }}.
 *
 * <p>Add the cases once, keep the handles, and call {@link #await} in a loop of your own, where
 * {@code return}, {@code break} and {@code continue} work as usual. Rounds allocate nothing while
 * some case is ready, and a case on a quiet channel keeps its place in the channel's list between
 * rounds.
 *
 * <p>Choice among several ready cases is uniform per case, as in Go; {@link #biased} is not Go's.
 *
 * <p>A loop is for one thread at a time; use by two at once throws {@link IllegalStateException}.
 *
 * <p>Go counterpart: {@code runtime.selectgo}, src/runtime/select.go.
 */
public final class SelectLoop {

  private final Selector selector = new Selector(true);

  SelectLoop() {}

  /**
   * Adds a receive case. Go: {@code case v, ok := <-channel}.
   *
   * @param channel where to receive from; null or the nil channel makes a disabled case
   * @param <T> the element type
   * @return the handle of the case
   * @throws IllegalStateException if another thread is using the loop
   */
  public <T extends @Nullable Object> ReceiveCase<T> receive(
      @Nullable ReceiveChannel<? extends T> channel) {
    selector.enter();
    try {
      return selector.add(new ReceiveCase<T>(selector, selector.size(), channel));
    } finally {
      selector.exit();
    }
  }

  /**
   * Adds a send case whose value is set by {@link SendCase#value}; null until then.
   *
   * @param channel where to send to; null or the nil channel makes a disabled case
   * @param <T> the element type
   * @return the handle of the case
   * @throws IllegalStateException if another thread is using the loop
   */
  public <T extends @Nullable Object> SendCase<T> send(@Nullable SendChannel<? super T> channel) {
    return addSend(channel, null);
  }

  /**
   * Adds a send case. Go: {@code case channel <- value}.
   *
   * @param channel where to send to; null or the nil channel makes a disabled case
   * @param value the element to send whenever the case is chosen, until {@link SendCase#value}
   *     changes it; {@code null} is an element like any other
   * @param <T> the element type
   * @return the handle of the case
   * @throws IllegalStateException if another thread is using the loop
   */
  public <T extends @Nullable Object> SendCase<T> send(
      @Nullable SendChannel<? super T> channel, T value) {
    return addSend(channel, value);
  }

  private <T extends @Nullable Object> SendCase<T> addSend(
      @Nullable SendChannel<? super T> channel, @Nullable T value) {
    selector.enter();
    try {
      return selector.add(new SendCase<T>(selector, selector.size(), channel, value));
    } finally {
      selector.exit();
    }
  }

  /**
   * Prefers the case that was added first, from now on. This is not Go: there the choice is always
   * uniform, and programs that need a priority select twice.
   *
   * @return this loop
   * @throws IllegalStateException if another thread is using the loop
   */
  public SelectLoop biased() {
    selector.enter();
    selector.setBiased();
    selector.exit();
    return this;
  }

  /**
   * Waits until a case can go ahead, and lets it. Go: {@code select} without a {@code default}.
   *
   * <p>Without a case that takes part it blocks for ever, as in Go.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws and
   * nothing happened to any channel. If a case was chosen first, the call returns it and the
   * interrupt status stays set.
   *
   * <p>Memory: the chosen case has the effects of {@link ReceiveChannel#receive} or {@link
   * SendChannel#send}; the others promise nothing.
   *
   * @return the case that was chosen
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the case
   *     chosen is a send on a closed channel
   * @throws InterruptedException if interrupted before a case was chosen
   * @throws IllegalStateException if another thread is using the loop
   */
  public SelectCase await() throws InterruptedException {
    SelectCase chosen = selector.await(false, 0);
    if (chosen == null) {
      throw new AssertionError("a select without a deadline ended without a case");
    }
    return chosen;
  }

  /**
   * Waits until a case can go ahead, up to a time. Go: a {@code select} with one more case on
   * {@code time.After}, without the timer; unlike that timer, the timeout never wins against a
   * ready case.
   *
   * <p>A timeout that is zero or negative makes this {@link #poll()}, except that an interrupted
   * thread is told so. Huge timeouts saturate; the resolution is that of {@link System#nanoTime}.
   * Interruption and memory effects are those of {@link #await}.
   *
   * @param timeout how long to wait
   * @return the case that was chosen, or null if the time passed
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the case
   *     chosen is a send on a closed channel
   * @throws InterruptedException if interrupted before a case was chosen
   * @throws IllegalStateException if another thread is using the loop
   */
  public @Nullable SelectCase poll(Duration timeout) throws InterruptedException {
    return selector.await(true, System.nanoTime() + ChannelBase.nanos(timeout));
  }

  /**
   * Lets a case go ahead if one can. Go: {@code select} with a {@code default}.
   *
   * <p>Never fails spuriously: null means that there was one instant during the call at which none
   * of the cases was ready. Does not look at the interrupt status.
   *
   * @return the case that was chosen, or null where Go takes the default
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the case
   *     chosen is a send on a closed channel
   * @throws IllegalStateException if another thread is using the loop
   */
  public @Nullable SelectCase poll() {
    return selector.poll(true);
  }
}
