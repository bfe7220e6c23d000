package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.internal.WaitReason;
import io.channel4j.select.Select;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A select that waits to send and to receive on one channel. An operation that has begun to wait
 * before, and is stopped before it could see that select, must not be served in its place: had it
 * waited, the two would have met.
 */
@Tag("seam")
class BothEndsStoppedThreadTest extends StoppedThreads {
  private final Channel<String> c = Channel.make();
  private final ConcurrentLinkedQueue<String> late = new ConcurrentLinkedQueue<>();

  private void operate(boolean receives) throws InterruptedException {
    if (receives) {
      late.add("received " + c.receive());
    } else {
      c.send("late");
      late.add("sent");
    }
  }

  private Outcome<String> waitingSelect(boolean loop) {
    Outcome<String> o =
        g.call(
            () -> {
              if (!loop) {
                return Select.<String>of()
                    .send(c, "selected", () -> "sent")
                    .receive(c, (v, ok) -> "received " + v)
                    .await();
              }
              var both = Select.loop();
              var sends = both.send(c).value("selected");
              var receives = both.receive(c);
              return both.await() == sends ? "sent" : "received " + receives.value();
            });
    g.awaitBlocked(c, 1, 1);
    g.awaitParked(o.thread());
    return o;
  }

  private void exchange(boolean sends, Outcome<String> select) {
    if (sends) {
      assertTrue(c.trySend("value"));
      assertEquals("received value", select.get());
    } else {
      assertEquals(new TryReceived<>(true, true, "selected"), c.tryReceive());
      assertEquals("sent", select.get());
    }
    assertTrue(late.isEmpty());
  }

  private void endOf(Stop operation, boolean receives) throws InterruptedException {
    operation.goOn();
    if (receives) {
      c.send("end");
    } else {
      assertEquals("late", c.receive());
    }
    g.await();
    assertEquals(receives ? "received end" : "sent", late.element());
  }

  /** It has a place in the list ahead of the select, which did not see it wait. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void selectComesBeforeOneThatIsStillToSeeIt(boolean receives, boolean loop)
      throws InterruptedException {
    Thread unused = g.go(() -> operate(receives)); // takes the front, so that others queue up
    g.awaitBlocked(c, receives ? 1 : 0, receives ? 0 : 1);
    Stop operation = stops.stop("reserve.reserved", () -> operate(receives));
    if (receives) {
      assertTrue(c.trySend("first"));
    } else {
      assertTrue(c.tryReceive().isReady());
    }
    g.until("the first to end", () -> !late.isEmpty());
    late.clear();
    Outcome<String> select = waitingSelect(loop);
    operation =
        stops.then(operation, receives ? "enqueueReceiver.visible" : "enqueueSender.visible");
    exchange(receives, select);
    endOf(operation, receives);
  }

  /** It is in front, since nobody waited when it looked. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void selectComesBeforeOneInFrontThatIsStillToSeeIt(boolean receives, boolean loop)
      throws InterruptedException {
    Stop operation =
        stops.stop(
            receives ? "enqueueReceiver.quiet" : "enqueueSender.quiet", () -> operate(receives));
    Outcome<String> select = waitingSelect(loop);
    operation = stops.then(operation, receives ? "enqueueReceiver.front" : "enqueueSender.front");
    exchange(receives, select);
    endOf(operation, receives);
  }

  /** The same two, let go on at once: they meet. */
  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void theyMeet(boolean receives, boolean loop) {
    Stop operation =
        stops.stop(
            receives ? "enqueueReceiver.quiet" : "enqueueSender.quiet", () -> operate(receives));
    Outcome<String> select = waitingSelect(loop);
    operation.goOn();
    assertEquals(receives ? "sent" : "received late", select.get());
    g.await();
    assertEquals(receives ? "received selected" : "sent", late.element());
    assertFalse(c.tryReceive().isReady());
  }

  /**
   * Somebody is parked on the other side: who is still to look will meet it, and nobody may get in
   * between. Who comes now queues up.
   */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whoIsStillToLookIsLeftToTheOneThatIsParked(boolean receives) throws InterruptedException {
    Thread unused = g.go(() -> operate(receives));
    g.awaitBlocked(c, receives ? 1 : 0, receives ? 0 : 1);
    Stop operation = stops.stop("reserve.reserved", () -> operate(receives));
    Outcome<String> select = waitingSelectOfOneEnd(receives); // its flag is going to stay
    if (receives) {
      assertTrue(c.trySend("first"));
    } else {
      assertTrue(c.tryReceive().isReady());
    }
    g.until("the first to end", () -> !late.isEmpty());
    late.clear();
    select.thread().interrupt();
    assertEquals("interrupted", select.get());
    Thread parked = g.go(() -> operate(!receives));
    g.awaitParked(parked);
    operation =
        stops.then(operation, receives ? "enqueueReceiver.visible" : "enqueueSender.visible");
    nobodyGetsInBetween(operation, receives);
  }

  /** The same, where a select on both ends has come and gone, so that both flags are set. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whoIsStillToLookIsLeftToTheOneThatIsParkedBesideStaleFlag(boolean receives)
      throws InterruptedException {
    String own = receives ? "enqueueReceiver." : "enqueueSender.";
    String other = receives ? "enqueueSender." : "enqueueReceiver.";
    Stop operation = stops.stop(own + "quiet", () -> operate(receives));
    Stop parks = stops.stop(other + "quiet", () -> operate(!receives));
    Outcome<String> select = waitingSelect(false);
    select.thread().interrupt();
    InterruptedException unused = select.thrown(InterruptedException.class);
    parks.goOn();
    Thread parked = Objects.requireNonNull(parks.thread());
    WaitReason waits = receives ? WaitReason.CHAN_SEND : WaitReason.CHAN_RECEIVE;
    g.until("to park", () -> LockSupport.getBlocker(parked) == waits);
    operation = stops.then(operation, own + "front");
    nobodyGetsInBetween(operation, receives);
  }

  /** While this operation, which is still to look, has somebody parked to meet. */
  private void nobodyGetsInBetween(Stop operation, boolean receives) throws InterruptedException {
    if (receives) {
      assertFalse(c.trySend("in between"));
    } else {
      assertFalse(c.tryReceive().isReady());
    }
    Thread behind = g.go(() -> operate(!receives));
    g.awaitParked(behind);
    assertTrue(late.isEmpty());
    operation.goOn();
    g.until("the two to meet", () -> late.size() == 2);
    assertTrue(behind.isAlive());
    if (receives) {
      assertEquals("late", c.receive());
    } else {
      c.send("end");
    }
    g.await();
  }

  private Outcome<String> waitingSelectOfOneEnd(boolean receives) {
    Outcome<String> o =
        g.call(
            () -> {
              try {
                Select<String> one = Select.of();
                return (receives
                        ? one.receive(c, (v, ok) -> "received")
                        : one.send(c, "selected", () -> "sent"))
                    .await();
              } catch (InterruptedException e) {
                return "interrupted";
              }
            });
    g.awaitParked(o.thread());
    return o;
  }
}
