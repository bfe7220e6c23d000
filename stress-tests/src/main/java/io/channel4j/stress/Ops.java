package io.channel4j.stress;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.TryReceived;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import java.time.Duration;
import java.util.Objects;

/**
 * Channel operations as actors need them: nothing checked is thrown, and what happened is one
 * object to compare: a value, or one of the words below.
 */
final class Ops {
  static final String SENT = "sent";
  static final String NOT_READY = "not ready";
  static final String CLOSED = "closed";
  static final String PANIC = "panic";
  static final String INTERRUPTED = "interrupted";

  /** Longer than jcstress lets a test run. */
  static final Duration EVER = Duration.ofHours(1);

  /** Some lengths that a short wait may have, so that its end meets the peer in many places. */
  private static final Duration[] SHORT = {
    Duration.ofNanos(1), Duration.ofNanos(1_000), Duration.ofNanos(5_000), Duration.ofNanos(25_000)
  };

  private Ops() {}

  /** A channel whose buffer is full: of 1, 2, … */
  static Channel<Integer> full(int capacity) {
    Channel<Integer> ch = Channel.make(capacity);
    for (int i = 1; i <= capacity; i++) {
      if (!ch.trySend(i)) {
        throw new AssertionError("a new channel took " + (i - 1) + " values of " + capacity);
      }
    }
    return ch;
  }

  /** SENT or PANIC, or INTERRUPTED where the test interrupts. */
  static <T> String send(SendChannel<T> ch, T value) {
    try {
      ch.send(value);
      return SENT;
    } catch (ChannelPanic.SendOnClosed e) {
      return PANIC;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** The value or CLOSED, or INTERRUPTED where the test interrupts. */
  static Object receive(ReceiveChannel<?> ch) {
    try {
      var r = ch.receiveOk();
      return r.ok() ? Objects.requireNonNull(r.value()) : CLOSED;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** SENT, NOT_READY or PANIC. */
  static <T> String trySend(SendChannel<T> ch, T value) {
    try {
      return ch.trySend(value) ? SENT : NOT_READY;
    } catch (ChannelPanic.SendOnClosed e) {
      return PANIC;
    }
  }

  /** The value, CLOSED or NOT_READY. */
  static Object tryReceive(ReceiveChannel<?> ch) {
    return word(ch.tryReceive());
  }

  /** SENT, NOT_READY or PANIC, after a wait of any short length. */
  static <T> String sendWithin(SendChannel<T> ch, T value, Duration timeout) {
    try {
      return ch.trySend(value, timeout) ? SENT : NOT_READY;
    } catch (ChannelPanic.SendOnClosed e) {
      return PANIC;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The value, CLOSED or NOT_READY, after a wait of any short length. */
  static Object receiveWithin(ReceiveChannel<?> ch, Duration timeout) {
    try {
      return word(ch.tryReceive(timeout));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** As {@link #receiveWithin}, or INTERRUPTED. */
  static Object receiveOrGiveUp(ReceiveChannel<?> ch, Duration timeout) {
    try {
      return word(ch.tryReceive(timeout));
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** As {@link #sendWithin}, or INTERRUPTED. */
  static <T> String sendOrGiveUp(SendChannel<T> ch, T value, Duration timeout) {
    try {
      return ch.trySend(value, timeout) ? SENT : NOT_READY;
    } catch (ChannelPanic.SendOnClosed e) {
      return PANIC;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** CLOSED or PANIC. */
  static String close(SendChannel<?> ch) {
    try {
      ch.close();
      return CLOSED;
    } catch (ChannelPanic.CloseOfClosed e) {
      return PANIC;
    }
  }

  private static Object word(TryReceived<?> r) {
    return !r.isReady() ? NOT_READY : r.ok() ? Objects.requireNonNull(r.value()) : CLOSED;
  }

  /** What the chosen body gives, PANIC, or INTERRUPTED where the test interrupts. */
  static Object await(Select<Object> select) {
    try {
      return select.await();
    } catch (ChannelPanic.SendOnClosed e) {
      return PANIC;
    } catch (InterruptedException e) {
      return INTERRUPTED;
    }
  }

  /** The chosen case. */
  static SelectCase await(SelectLoop select) {
    try {
      return select.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A step of waiting for another actor. */
  @SuppressWarnings("ThreadPriorityCheck") // there may be fewer processors than actors
  static void pause() {
    Thread.yield();
  }

  /** One of several short times. */
  static Duration shortTime() {
    return SHORT[(int) (System.nanoTime() >>> 6) & (SHORT.length - 1)];
  }

  /**
   * Tells when a channel that nobody else uses yet has somebody waiting: its stamp changes by the
   * very step that makes the waiter count.
   */
  static final class Arrival {
    private final ChannelBase<?> channel;
    private final long before;

    Arrival(Channel<?> channel) {
      this.channel = (ChannelBase<?>) channel;
      this.before = this.channel.stamp();
    }

    void await() {
      while (channel.stamp() == before) {
        Ops.pause();
      }
    }
  }
}
