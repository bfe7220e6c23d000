package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.select.Select;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Once warm, send, receive and the loop form of select make no garbage, waits in a crowd included.
 *
 * <p>On platform threads, since the JDK itself allocates some 32 bytes whenever a virtual thread is
 * unparked or yields. Counted in the threads that do the work, so nothing else in the JVM matters.
 */
@Tag("heap") // RepeatedSuite leaves it out
class AllocationTest {
  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int OPERATIONS = 8_000;

  /** For what is made once: code that is still interpreted, a ring that grows. */
  private static final long ALLOWED_PER_THREAD = 6 * 1_024;

  private interface Body {
    void run(int operations) throws InterruptedException;
  }

  private static void assertAllocatesNothing(List<Body> bodies) {
    var barrier = new CyclicBarrier(bodies.size());
    var most = new AtomicLong();
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      for (Body body : bodies) {
        Thread unused =
            g.go(
                () -> {
                  body.run(OPERATIONS);
                  int parties = barrier.await();
                  long before = THREADS.getCurrentThreadAllocatedBytes();
                  body.run(OPERATIONS);
                  long after = THREADS.getCurrentThreadAllocatedBytes();
                  assertTrue(parties >= 0 && before > 0, "the JVM counts no bytes");
                  most.accumulateAndGet(after - before, Math::max);
                });
      }
      g.await();
    }
    assertTrue(
        most.get() <= ALLOWED_PER_THREAD,
        () -> most + " bytes in one thread for " + OPERATIONS + " operations");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 16})
  void crowdOfSendersAndReceivers(int capacity) {
    Channel<String> c = Channel.make(capacity);
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      bodies.add(
          n -> {
            for (int k = 0; k < n; k++) {
              c.send("v");
            }
          });
      bodies.add(
          n -> {
            for (int k = 0; k < n; k++) {
              String unused = c.receive();
            }
          });
    }
    assertAllocatesNothing(bodies);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 16})
  void selectLoopOverHotAndIdleChannels(int capacity) {
    var loop = Select.loop();
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Channel<String> hot = Channel.make(capacity);
      var unusedHot = loop.receive(hot);
      var unusedIdle = loop.receive(Channel.<String>make(capacity));
      bodies.add(
          n -> {
            for (int k = 0; k < n; k++) {
              hot.send("v");
            }
          });
    }
    bodies.add(
        n -> {
          for (int k = 0; k < 3 * n; k++) {
            var unused = loop.await();
          }
        });
    assertAllocatesNothing(bodies);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void selectLoopsThatFaceEachOther(int capacity) {
    Channel<String> a = Channel.make(capacity);
    Channel<String> b = Channel.make(capacity);
    List<Body> bodies = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      var senders = Select.loop();
      var unusedA = senders.send(a, "a");
      var unusedB = senders.send(b, "b");
      var receivers = Select.loop();
      var unused1 = receivers.receive(a);
      var unused2 = receivers.receive(b);
      for (var loop : List.of(senders, receivers)) {
        bodies.add(
            n -> {
              for (int k = 0; k < n; k++) {
                var unused = loop.await();
              }
            });
      }
    }
    assertAllocatesNothing(bodies);
  }
}
