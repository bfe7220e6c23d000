package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.Stops.Stop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two threads are stopped when they have found that they must wait and nobody knows it yet: the one
 * in front, the other in the line. What happens meanwhile, they see when they go on.
 */
@Tag("seam")
class EnqueueStoppedThreadTest extends StoppedThreads {
  private final Queue<Object> ends = new ConcurrentLinkedQueue<>();

  private Stop receiver(Channel<Integer> c, String step) {
    return stops.stop(step, () -> ends.add(c.receiveOk().ok() ? "value" : "closed"));
  }

  private Stop sender(Channel<Integer> c, String step) {
    return stops.stop(
        step,
        () -> {
          try {
            c.send(-1);
            ends.add("sent");
          } catch (ChannelPanic.SendOnClosed e) {
            ends.add("closed");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void receiversSeeClose(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    Stop front = receiver(c, "enqueueReceiver.front");
    Stop line = receiver(c, "enqueueReceiver.opened");
    c.close();
    line.goOn();
    g.until("the one in the line to end", () -> ends.size() == 1);
    front.goOn();
    g.await();
    assertEquals("[closed, closed]", ends.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void sendersSeeClose(int capacity) {
    Channel<Integer> c = full(capacity);
    Stop front = sender(c, "enqueueSender.front");
    Stop line = sender(c, "enqueueSender.opened");
    c.close();
    line.goOn();
    g.until("the one in the line to end", () -> ends.size() == 1);
    front.goOn();
    g.await();
    assertEquals("[closed, closed]", ends.toString());
  }

  /** Values that came into the buffer, or a sender that waits for somebody like them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void receiversSeeValues(int capacity) {
    Channel<Integer> c = Channel.make(capacity);
    Stop front = receiver(c, "enqueueReceiver.front");
    Stop line = receiver(c, "enqueueReceiver.opened");
    for (int i = 0; i < 2; i++) {
      int value = i;
      Thread unused = g.go(() -> c.send(value));
    }
    if (capacity == 0) {
      g.awaitBlocked(c, 0, 2);
    } else {
      g.until("two values", () -> c.len() == 2);
    }
    line.goOn();
    g.until("the one in the line to end", () -> ends.size() == 1);
    front.goOn();
    g.await();
    assertEquals("[value, value]", ends.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void sendersSeeRoom(int capacity) {
    Channel<Integer> c = full(capacity);
    Stop front = sender(c, "enqueueSender.front");
    Stop line = sender(c, "enqueueSender.opened");
    for (int i = 0; i < 2; i++) {
      Thread unused = g.go(c::receive);
    }
    if (capacity == 0) {
      g.awaitBlocked(c, 2, 0);
    } else {
      g.until("room for two", () -> c.len() == capacity - 2);
    }
    line.goOn();
    g.until("the one in the line to end", () -> ends.size() == 1);
    front.goOn();
    g.await();
    assertEquals("[sent, sent]", ends.toString());
  }
}
