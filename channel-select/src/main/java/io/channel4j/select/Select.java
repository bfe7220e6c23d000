package io.channel4j.select;

import io.channel4j.ChannelPanic;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.internal.ChannelBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * Go's {@code select} statement, once: add the cases, then {@link #await} the value that the chosen
 * case's body gives. For a select in a loop, {@link #loop} is faster and reads better.
 *
 * <p>Operands are evaluated as in Go: channels and values to send once, in source order, before the
 * choice, those of nil channels included, because they are ordinary Java arguments. Only the chosen
 * case's body runs, in the calling thread, after the select is over; it may use channels and
 * selects at will, and may throw what it likes.
 *
 * <p>Choice among several ready cases is uniform per case, as in Go; a channel in two cases counts
 * twice. {@link #biased} is not Go's.
 *
 * <p>Go counterpart: {@code runtime.selectgo}, src/runtime/select.go.
 *
 * @param <R> what the bodies give
 */
public final class Select<R extends @Nullable Object> {

  private final Selector selector = new Selector(false);
  private final List<Body<? extends R>> bodies = new ArrayList<>(4);
  private @Nullable Body<? extends R> defaultBody;
  private @Nullable Body<? extends R> timeoutBody;
  private long timeoutNanos;
  private boolean awaited;

  private Select() {}

  /**
   * Starts a select for one use.
   *
   * @param <R> what the bodies give
   * @return a select without cases; awaited so, it blocks for ever, as Go's {@code select {}}
   */
  public static <R extends @Nullable Object> Select<R> of() {
    return new Select<>();
  }

  /**
   * Starts a select for use in a loop.
   *
   * @return a loop without cases
   */
  public static SelectLoop loop() {
    return new SelectLoop();
  }

  /**
   * Adds a receive case. Go: {@code case v, ok := <-channel: body}.
   *
   * @param channel where to receive from; null or the nil channel makes a disabled case
   * @param body gets the value, or the zero value, and whether it was sent
   * @param <T> the element type
   * @return this select
   * @throws IllegalStateException if awaited before
   */
  public <T extends @Nullable Object> Select<R> receive(
      @Nullable ReceiveChannel<? extends T> channel, OkBody<? super T, ? extends R> body) {
    ReceiveCase<T> c = checkFresh().add(new ReceiveCase<T>(selector, selector.size(), channel));
    return choose(() -> body.apply(c.value(), c.ok()));
  }

  /**
   * Adds a receive case. Go: {@code case v := <-channel: body}.
   *
   * @param channel where to receive from; null or the nil channel makes a disabled case
   * @param body gets the value, or the zero value if the channel is closed and drained
   * @param <T> the element type
   * @return this select
   * @throws IllegalStateException if awaited before
   */
  public <T extends @Nullable Object> Select<R> receive(
      @Nullable ReceiveChannel<? extends T> channel, ValueBody<? super T, ? extends R> body) {
    ReceiveCase<T> c = checkFresh().add(new ReceiveCase<T>(selector, selector.size(), channel));
    return choose(() -> body.apply(c.value()));
  }

  /**
   * Adds a receive case that drops the value. Go: {@code case <-channel: body}.
   *
   * @param channel where to receive from; null or the nil channel makes a disabled case
   * @param body what to do
   * @return this select
   * @throws IllegalStateException if awaited before
   */
  public Select<R> receive(
      @Nullable ReceiveChannel<? extends @Nullable Object> channel, Body<? extends R> body) {
    checkFresh().add(new ReceiveCase<@Nullable Object>(selector, selector.size(), channel));
    return choose(body);
  }

  /**
   * Adds a send case. Go: {@code case channel <- value: body}.
   *
   * @param channel where to send to; null or the nil channel makes a disabled case
   * @param value the element; {@code null} is an element like any other
   * @param body what to do once it is sent
   * @param <T> the element type
   * @return this select
   * @throws IllegalStateException if awaited before
   */
  public <T extends @Nullable Object> Select<R> send(
      @Nullable SendChannel<? super T> channel, T value, Body<? extends R> body) {
    checkFresh().add(new SendCase<T>(selector, selector.size(), channel, value));
    return choose(body);
  }

  /**
   * What to do if no case is ready. Go: {@code default: body}.
   *
   * <p>Never taken spuriously: there was one instant during the await at which none of the cases
   * was ready.
   *
   * @param body what to do
   * @return this select
   * @throws IllegalStateException if there is a default or a timeout already, or if awaited before
   */
  public Select<R> orDefault(Body<? extends R> body) {
    Selector unused = checkFresh();
    checkNoOtherEnd();
    defaultBody = body;
    return this;
  }

  /**
   * What to do if no case became ready in a time. Go: one more case on {@code time.After(timeout)},
   * without the timer; unlike that timer, the timeout never wins against a ready case.
   *
   * @param timeout how long to wait, from the await on; zero or negative makes a default
   * @param body what to do
   * @return this select
   * @throws IllegalStateException if there is a default or a timeout already, or if awaited before
   */
  public Select<R> onTimeout(Duration timeout, Body<? extends R> body) {
    Selector unused = checkFresh();
    checkNoOtherEnd();
    timeoutNanos = ChannelBase.nanos(timeout);
    timeoutBody = body;
    return this;
  }

  /**
   * Prefers the case that was added first. This is not Go: there the choice is always uniform, and
   * programs that need a priority select twice.
   *
   * @return this select
   * @throws IllegalStateException if awaited before
   */
  public Select<R> biased() {
    checkFresh().setBiased();
    return this;
  }

  /**
   * Waits until a case can go ahead, lets it, and runs its body.
   *
   * <p>Interruption: if the thread is interrupted on entry or while it waits, the call throws and
   * nothing happened to any channel. If a case was chosen first, its body runs and the interrupt
   * status stays set. With a default the call does not wait and does not look at the interrupt
   * status.
   *
   * <p>Memory: the chosen case has the effects of {@link ReceiveChannel#receive} or {@link
   * SendChannel#send}; the others promise nothing.
   *
   * <p>What a body throws comes out as it is. A checked exception that the caller wants to catch by
   * name is declared by the type argument: {@code select.<TimeoutException>await()}.
   *
   * @param <X> the checked exception that the bodies may throw; none if left out
   * @return what the chosen body gave
   * @throws ChannelPanic.SendOnClosed with the message {@code "send on closed channel"} if the case
   *     chosen is a send on a closed channel
   * @throws InterruptedException if interrupted before a case was chosen
   * @throws X what the body threw
   * @throws IllegalStateException if awaited before
   */
  public <X extends Exception> R await() throws InterruptedException, X {
    Selector s = checkFresh();
    awaited = true;
    SelectCase chosen;
    Body<? extends R> otherwise = defaultBody;
    if (otherwise != null) {
      chosen = s.poll(true);
    } else {
      otherwise = timeoutBody;
      boolean timed = otherwise != null;
      chosen = s.await(timed, timed ? System.nanoTime() + timeoutNanos : 0);
    }
    Body<? extends R> body = chosen == null ? otherwise : bodies.get(chosen.index());
    if (body == null) {
      throw new AssertionError("a select without a deadline ended without a case");
    }
    return Select.<R, X>run(body);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // X is what the caller declares
  private static <R extends @Nullable Object, X extends Exception> R run(Body<? extends R> body)
      throws X {
    try {
      return body.run();
    } catch (Exception e) {
      throw (X) e;
    }
  }

  private Select<R> choose(Body<? extends R> body) {
    bodies.add(body);
    return this;
  }

  private Selector checkFresh() {
    if (awaited) {
      throw new IllegalStateException(
          "this select was awaited before: make a new one, or use Select.loop()");
    }
    return selector;
  }

  private void checkNoOtherEnd() {
    if (defaultBody != null || timeoutBody != null) {
      throw new IllegalStateException(
          "this select has a default or a timeout already: it can have one of them, once");
    }
  }

  /**
   * The body of a case that needs no value.
   *
   * @param <R> what it gives
   */
  @FunctionalInterface
  public interface Body<R extends @Nullable Object> {
    /**
     * Runs the body.
     *
     * @return the value of the select
     * @throws Exception what it likes; comes out of await
     */
    R run() throws Exception;
  }

  /**
   * The body of a receive case that needs the value.
   *
   * @param <T> the element type
   * @param <R> what it gives
   */
  @NullUnmarked // the value is null only where null is sent, or no zero value was given
  @FunctionalInterface
  public interface ValueBody<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Runs the body.
     *
     * @param value the value received, or the zero value
     * @return the value of the select
     * @throws Exception what it likes; comes out of await
     */
    R apply(T value) throws Exception;
  }

  /**
   * The body of a receive case that needs the value and whether it was sent.
   *
   * @param <T> the element type
   * @param <R> what it gives
   */
  @NullUnmarked // the value is null only where null is sent, or no zero value was given
  @FunctionalInterface
  public interface OkBody<T extends @Nullable Object, R extends @Nullable Object> {
    /**
     * Runs the body.
     *
     * @param value the value received, or the zero value
     * @param ok whether the value was sent
     * @return the value of the select
     * @throws Exception what it likes; comes out of await
     */
    R apply(T value, boolean ok) throws Exception;
  }
}
