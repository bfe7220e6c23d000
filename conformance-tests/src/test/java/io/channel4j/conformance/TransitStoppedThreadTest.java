package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.TryReceived;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.select.Select;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a receiver that has been stopped on its way out of a buffered channel leaves open is not
 * answered before it goes on: neither "full" nor "empty" where either answer may be wrong.
 */
@Tag("seam")
class TransitStoppedThreadTest extends StoppedThreads {
  private static final Duration SHORT = Duration.ofMillis(1);

  private @Nullable Stop inTransit;
  private final Queue<Integer> late = new ConcurrentLinkedQueue<>();

  private static Channel<Integer> fullFromZero(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(i));
    }
    return c;
  }

  private static void interrupt(Outcome<Boolean> sender) {
    sender.thread().interrupt();
    InterruptedException unused = sender.thrown(InterruptedException.class);
  }

  private static Thread thread(Stop stop) {
    return Objects.requireNonNull(stop.thread());
  }

  /** In the library's pause, which is a short one, and not any more at its stop. */
  private void awaitPause(Thread t) {
    g.until(
        "a pause",
        () -> {
          assertNotEquals(Thread.State.TERMINATED, t.getState());
          return t.getState() == Thread.State.TIMED_WAITING && LockSupport.getBlocker(t) == null;
        });
  }

  /** How to find out whether a channel is ready. */
  enum Form {
    TRY,
    TIMED,
    DEFAULT,
    TIMEOUT;

    boolean send(Channel<Integer> c) throws InterruptedException {
      return switch (this) {
        case TRY -> c.trySend(8);
        case TIMED -> c.trySend(8, SHORT);
        case DEFAULT -> Select.<Boolean>of().send(c, 8, () -> true).orDefault(() -> false).await();
        case TIMEOUT ->
            Select.<Boolean>of().send(c, 8, () -> true).onTimeout(SHORT, () -> false).await();
      };
    }

    /** Gives the value, or -1. */
    int receive(Channel<Integer> c) throws InterruptedException {
      return switch (this) {
        case TRY -> of(c.tryReceive());
        case TIMED -> of(c.tryReceive(SHORT));
        case DEFAULT -> Select.<Integer>of().receive(c, v -> v).orDefault(() -> -1).await();
        case TIMEOUT -> Select.<Integer>of().receive(c, v -> v).onTimeout(SHORT, () -> -1).await();
      };
    }

    private static int of(TryReceived<Integer> r) {
      return r.isReady() ? r.value() : -1;
    }
  }

  /** The first value or that of the waiting sender, as the stopped receiver counts or not. */
  @ParameterizedTest
  @EnumSource
  void emptyIsNotSaidBesideWaitingSender(Form form) {
    Channel<Integer> c = fullFromZero(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    Stop receiver = stops.stop("receive.admitting", () -> late.add(c.receive()));
    Outcome<Integer> answer = g.call(() -> form.receive(c));
    awaitPause(answer.thread());
    assertFalse(answer.hasEnded());
    receiver.goOn();
    assertEquals(5, answer.get());
    assertTrue(sender.get());
    g.await();
    assertEquals(0, late.element());
  }

  /** Another receiver may still get this value, before the stopped one gets a later one. */
  @ParameterizedTest
  @EnumSource
  void emptyIsNotSaidBesideValueThatIsStillThere(Form form) throws InterruptedException {
    Channel<Integer> c = Channel.make(2);
    c.send(0);
    Stop receiver = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Integer> answer = g.call(() -> form.receive(c));
    awaitPause(answer.thread());
    assertFalse(answer.hasEnded());
    c.send(1);
    assertEquals(0, answer.get());
    receiver.goOn();
    g.await();
    assertEquals(1, late.element());
  }

  /** Who waits gets the next value at once: so not beside one that is on its way. */
  @Test
  void nobodyWaitsBesideValueOnItsWay() throws InterruptedException {
    Channel<Integer> c = Channel.make(2);
    Stop sender = stops.stop("send.granted", () -> c.send(0));
    Stop receiver = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Integer> second = g.call(c::receive);
    awaitPause(second.thread());
    sender.goOn();
    g.until("the sender to end", () -> thread(sender).getState() == Thread.State.TERMINATED);
    c.send(1);
    assertEquals(0, second.get(), "sent first");
    receiver.goOn();
    g.await();
    assertEquals(1, late.element());
  }

  /**
   * The stopped receiver was before another one that is over, and the sender for whom it holds a
   * slot has gone: so there is room.
   */
  @ParameterizedTest
  @EnumSource
  void fullIsNotSaidBesideSlotThatNobodyWants(Form form) throws InterruptedException {
    Channel<Integer> c = fullFromZero(2);
    Outcome<Boolean> sender = waitingSender(c, 2);
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    assertEquals(1, c.receive());
    assertTrue(sender.get());
    Outcome<Boolean> answer = g.call(() -> form.send(c));
    awaitPause(answer.thread());
    assertFalse(answer.hasEnded());
    receiver.goOn();
    assertTrue(answer.get());
    g.await();
    assertEquals(0, late.element());
    assertEquals(2, c.receive());
    assertEquals(8, c.receive());
  }

  /**
   * Three receivers: one has its value and looks for a slot for the waiting sender, one has won a
   * value and not taken it, whose slot would be the next to be free.
   */
  private Stop admitBehindReceiverInTransit(Channel<Integer> c) throws InterruptedException {
    Outcome<Boolean> gone = waitingSender(c, -1);
    Stop admitting = stops.stop("receive.admitting", () -> late.add(c.receive()));
    interrupt(gone);
    inTransit = stops.stop("receive.granted", () -> late.add(c.receive()));
    Stop taken = stops.then(admitting, "receive.taken");
    c.send(3);
    return taken;
  }

  /** The last free slot is that of a receiver that has not taken its value. */
  @Test
  void admitWaitsForReceiverInTransit() throws InterruptedException {
    Channel<Integer> c = fullFromZero(3);
    Stop taken = admitBehindReceiverInTransit(c);
    Outcome<Boolean> sender = waitingSender(c, 4);
    taken.goOn();
    awaitPause(thread(taken));
    assertFalse(sender.hasEnded(), "one value too many");
    assertEquals(1, c.receive()); // so the one in transit comes after this
    assertTrue(sender.get());
    Objects.requireNonNull(inTransit).goOn();
    g.await();
    assertEquals(3, c.receive());
    assertEquals(4, c.receive());
  }

  /** The receiver in transit comes after the close, and so does the room that it makes. */
  @Test
  void admitEndsWithCloseBesideReceiverInTransit() throws InterruptedException {
    Channel<Integer> c = fullFromZero(3);
    Stop taken = admitBehindReceiverInTransit(c);
    Outcome<Boolean> sender = waitingSender(c, 4);
    taken.goOn();
    awaitPause(thread(taken));
    c.close();
    ChannelPanic.SendOnClosed unused = sender.thrown(ChannelPanic.SendOnClosed.class);
    assertEquals(1, c.receive());
    Objects.requireNonNull(inTransit).goOn();
    g.await();
    assertEquals(3, c.receive());
    assertFalse(c.receiveOk().ok());
  }
}
