package io.channel4j.conformance.support;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import io.channel4j.select.SendCase;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Five ways to say send and receive that must behave alike, so that one script tests them all. A
 * crowded select has cases that are never ready before and after the one in question: on nil
 * channels, on an empty and on a full channel, and on a {@code done} that all crowded selects
 * share.
 */
public enum Operators {
  DIRECT {
    @Override
    public <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel) {
      return new Direct<>(channel == null ? Channel.nil() : channel);
    }
  },
  SELECT {
    @Override
    public <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel) {
      return new OneShot<>(channel, false);
    }
  },
  CROWDED_SELECT {
    @Override
    public <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel) {
      return new OneShot<>(channel, true);
    }
  },
  LOOP {
    @Override
    public <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel) {
      return new Loop<>(channel, false);
    }
  },
  CROWDED_LOOP {
    @Override
    public <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel) {
      return new Loop<>(channel, true);
    }
  };

  private static final Channel<Object> DONE = Channel.make();

  /** The operations for one thread. A channel that is null or nil is Go's nil channel. */
  public abstract <T extends @Nullable Object> Ops<T> on(@Nullable Channel<T> channel);

  /** Channels with which a case is never ready. */
  private static final class Crowd {
    final Channel<Integer> empty = Channel.make(2);
    final Channel<Integer> full = Channel.make(1);
    final Channel<Integer> nobody = Channel.make();

    Crowd() {
      full.trySend(0);
    }

    @SuppressWarnings({"TypeParameterUnusedInFormals", "DoNotCallSuggester"})
    static <R> R stray() {
      throw new AssertionError("a case that is never ready was chosen");
    }
  }

  private record Direct<T extends @Nullable Object>(Channel<T> channel) implements Ops<T> {
    @Override
    public void send(T value) throws InterruptedException {
      channel.send(value);
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
      return channel.receive();
    }

    @Override
    public Received<T> receiveOk() throws InterruptedException {
      return channel.receiveOk();
    }

    @Override
    public boolean trySend(T value) {
      return channel.trySend(value);
    }

    @Override
    public boolean trySend(T value, Duration timeout) throws InterruptedException {
      return channel.trySend(value, timeout);
    }

    @Override
    public TryReceived<T> tryReceive() {
      return channel.tryReceive();
    }

    @Override
    public TryReceived<T> tryReceive(Duration timeout) throws InterruptedException {
      return channel.tryReceive(timeout);
    }
  }

  /** A fresh select for every operation. */
  private static final class OneShot<T extends @Nullable Object> implements Ops<T> {
    private final @Nullable Channel<T> channel;
    private final @Nullable Crowd crowd;

    OneShot(@Nullable Channel<T> channel, boolean crowded) {
      this.channel = channel;
      this.crowd = crowded ? new Crowd() : null;
    }

    private <R> Select<R> before() {
      Select<R> select = Select.of();
      if (crowd != null) {
        select
            .receive(null, () -> Crowd.<R>stray())
            .receive(crowd.empty, v -> Crowd.<R>stray())
            .send(crowd.full, 1, () -> Crowd.<R>stray());
      }
      return select;
    }

    private <R> Select<R> after(Select<R> select) {
      if (crowd != null) {
        select
            .send(Channel.<Integer>nil(), 2, () -> Crowd.<R>stray())
            .send(crowd.nobody, 3, () -> Crowd.<R>stray())
            .receive(DONE, (v, ok) -> Crowd.<R>stray());
      }
      return select;
    }

    private Select<Boolean> sending(T value) {
      return after(this.<Boolean>before().send(channel, value, () -> true));
    }

    private Select<TryReceived<T>> receiving() {
      return after(
          this.<TryReceived<T>>before()
              .receive(channel, (v, ok) -> new TryReceived<T>(true, ok, v)));
    }

    @Override
    public void send(T value) throws InterruptedException {
      boolean unused = sending(value).<RuntimeException>await();
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
      return receiving().<RuntimeException>await().value();
    }

    @Override
    public Received<T> receiveOk() throws InterruptedException {
      TryReceived<T> r = receiving().<RuntimeException>await();
      return new Received<>(r.value(), r.ok());
    }

    @Override
    public boolean trySend(T value) {
      return atOnce(sending(value).orDefault(() -> false));
    }

    @Override
    public boolean trySend(T value, Duration timeout) throws InterruptedException {
      return sending(value).onTimeout(timeout, () -> false).<RuntimeException>await();
    }

    @Override
    public TryReceived<T> tryReceive() {
      return atOnce(receiving().orDefault(TryReceived::notReady));
    }

    @Override
    public TryReceived<T> tryReceive(Duration timeout) throws InterruptedException {
      return receiving().onTimeout(timeout, TryReceived::notReady).<RuntimeException>await();
    }

    private static <R> R atOnce(Select<R> select) {
      try {
        return select.<RuntimeException>await();
      } catch (InterruptedException e) {
        throw new AssertionError("a select with a default looked at the interrupt status", e);
      }
    }
  }

  /** One loop for all sends and one for all receives, so that places are kept between rounds. */
  private static final class Loop<T extends @Nullable Object> implements Ops<T> {
    private final SelectLoop sends = Select.loop();
    private final SelectLoop receives = Select.loop();
    private final SendCase<T> out;
    private final ReceiveCase<T> in;

    Loop(@Nullable Channel<T> channel, boolean crowded) {
      Crowd crowd = crowded ? new Crowd() : null;
      before(sends, crowd);
      before(receives, crowd);
      out = sends.<T>send(channel);
      in = receives.<T>receive(channel);
      after(sends, crowd);
      after(receives, crowd);
    }

    private static void before(SelectLoop loop, @Nullable Crowd crowd) {
      if (crowd != null) {
        SelectCase unused = loop.receive(null);
        unused = loop.receive(crowd.empty);
        unused = loop.send(crowd.full, 1);
      }
    }

    private static void after(SelectLoop loop, @Nullable Crowd crowd) {
      if (crowd != null) {
        SelectCase unused = loop.send(Channel.<Integer>nil(), 2);
        unused = loop.send(crowd.nobody, 3);
        unused = loop.receive(DONE);
      }
    }

    /** Whether our case was chosen; false if none was. */
    private static boolean isChosen(@Nullable SelectCase chosen, SelectCase ours) {
      if (chosen != null && chosen != ours) {
        Crowd.stray();
      }
      return chosen == ours;
    }

    private TryReceived<T> answer(@Nullable SelectCase chosen) {
      return isChosen(chosen, in)
          ? new TryReceived<>(true, in.ok(), in.value())
          : TryReceived.notReady();
    }

    @Override
    public void send(T value) throws InterruptedException {
      out.value(value);
      boolean unused = isChosen(sends.await(), out);
    }

    @Override
    public @Nullable T receive() throws InterruptedException {
      return answer(receives.await()).value();
    }

    @Override
    public Received<T> receiveOk() throws InterruptedException {
      TryReceived<T> r = answer(receives.await());
      return new Received<>(r.value(), r.ok());
    }

    @Override
    public boolean trySend(T value) {
      out.value(value);
      return isChosen(sends.poll(), out);
    }

    @Override
    public boolean trySend(T value, Duration timeout) throws InterruptedException {
      out.value(value);
      return isChosen(sends.poll(timeout), out);
    }

    @Override
    public TryReceived<T> tryReceive() {
      return answer(receives.poll());
    }

    @Override
    public TryReceived<T> tryReceive(Duration timeout) throws InterruptedException {
      return answer(receives.poll(timeout));
    }
  }
}
