package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a receiver that has been stopped on its way out of a buffered channel leaves open is not
 * answered before it goes on: neither "full" nor "empty" where either answer may be wrong.
 */
@Tag("seam")
class TransitStoppedThreadTest {
  private final Goroutines g = new Goroutines(ThreadKind.PLATFORM);
  private Stops stops = new Stops(g);
  private final Queue<Integer> late = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void hook() {
    stops = new Stops(g);
  }

  @AfterEach
  void end() {
    stops.close();
    g.close();
  }

  private static Channel<Integer> full(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(i));
    }
    return c;
  }

  private Outcome<Boolean> waitingSender(Channel<Integer> c, int value) {
    Outcome<Boolean> sender =
        g.call(
            () -> {
              c.send(value);
              return true;
            });
    g.awaitBlocked(c, 0, 1);
    return sender;
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
          return t.getState() == Thread.State.TIMED_WAITING;
        });
  }

  private static boolean trySend(Channel<Integer> c, boolean select) throws InterruptedException {
    if (!select) {
      return c.trySend(8);
    }
    return Select.<Boolean>of().send(c, 8, () -> true).orDefault(() -> false).await();
  }

  private static int tryReceive(Channel<Integer> c, boolean select) throws InterruptedException {
    if (!select) {
      var r = c.tryReceive();
      return r.isReady() ? r.value() : -1;
    }
    return Select.<Integer>of().receive(c, v -> v).orDefault(() -> -1).await();
  }

  /** The first value or that of the waiting sender, as the stopped receiver counts or not. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void emptyIsNotSaidBesideWaitingSender(boolean select) {
    Channel<Integer> c = full(1);
    Outcome<Boolean> sender = waitingSender(c, 5);
    Stop receiver = stops.stop("receive.admitting", () -> late.add(c.receive()));
    Outcome<Integer> answer = g.call(() -> tryReceive(c, select));
    g.awaitParked(answer.thread());
    assertFalse(answer.hasEnded());
    receiver.goOn();
    assertEquals(5, answer.get());
    assertTrue(sender.get());
    g.await();
    assertEquals(0, late.element());
  }

  /** Another receiver may still get this value, before the stopped one gets a later one. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void emptyIsNotSaidBesideValueThatIsStillThere(boolean select) throws InterruptedException {
    Channel<Integer> c = Channel.make(2);
    c.send(0);
    Stop receiver = stops.stop("receive.granted", () -> late.add(c.receive()));
    Outcome<Integer> answer = g.call(() -> tryReceive(c, select));
    g.awaitParked(answer.thread());
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
  @ValueSource(booleans = {false, true})
  void fullIsNotSaidBesideSlotThatNobodyWants(boolean select) throws InterruptedException {
    Channel<Integer> c = full(2);
    Outcome<Boolean> sender = waitingSender(c, 2);
    Stop receiver = stops.stop("receive.taken", () -> late.add(c.receive()));
    assertEquals(1, c.receive());
    assertTrue(sender.get());
    Outcome<Boolean> answer = g.call(() -> trySend(c, select));
    g.awaitParked(answer.thread());
    assertFalse(answer.hasEnded());
    receiver.goOn();
    assertTrue(answer.get());
    g.await();
    assertEquals(0, late.element());
    assertEquals(2, c.receive());
    assertEquals(8, c.receive());
  }

  /**
   * A receiver that has its value lets in a waiting sender only when there is a slot: here the last
   * free one is that of a receiver that has not taken its value.
   */
  @Test
  void admitWaitsForReceiverInTransit() throws InterruptedException {
    Channel<Integer> c = full(3);
    Outcome<Boolean> gone = waitingSender(c, -1);
    Stop admitting = stops.stop("receive.admitting", () -> late.add(c.receive()));
    interrupt(gone);
    Stop inTransit = stops.stop("receive.granted", () -> late.add(c.receive()));
    Stop taken = stops.then(admitting, "receive.taken");
    c.send(3);
    Outcome<Boolean> sender = waitingSender(c, 4);
    taken.goOn();
    awaitPause(thread(taken));
    assertFalse(sender.hasEnded(), "one value too many");
    assertEquals(1, c.receive()); // so the one in transit comes after this
    assertTrue(sender.get());
    inTransit.goOn();
    g.await();
    assertEquals(3, c.receive());
    assertEquals(4, c.receive());
  }
}
