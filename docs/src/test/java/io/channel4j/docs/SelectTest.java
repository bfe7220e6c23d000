package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.Select;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/select.md, and that it does what is said there. */
@NullUnmarked
class SelectTest {

  @Test
  void once() throws InterruptedException {
    Channel<String> in = Channel.make(1);
    Channel<Integer> out = Channel.make();
    in.send("hello");
    // snippet:once
    String what =
        Select.<String>of()
            .receive(in, (v, ok) -> ok ? "got " + v : "in is closed")
            .send(out, 42, () -> "sent 42")
            .orDefault(() -> "nothing is ready")
            .await();
    // end:once
    assertEquals("got hello", what);
  }

  // snippet:throws
  static int firstOf(ReceiveChannel<Integer> results)
      throws TimeoutException, InterruptedException {
    return Select.<Integer>of()
        .receive(results, v -> v)
        .onTimeout(
            Duration.ofSeconds(2),
            () -> {
              throw new TimeoutException("no result in 2 seconds");
            })
        .<TimeoutException>await();
  }

  // end:throws

  @Test
  void throwing() throws Exception {
    Channel<Integer> results = Channel.make(1, 0);
    results.send(7);
    assertEquals(7, firstOf(results));
    Channel<Integer> ready = Channel.make(1, 0);
    ready.send(1);
    var select =
        Select.<Integer>of()
            .receive(
                ready,
                v -> {
                  throw new IOException("by a body");
                });
    assertThrows(IOException.class, () -> select.<IOException>await());
    assertThrows(IllegalStateException.class, () -> select.<IOException>await(), "only once");
  }

  // snippet:loop
  static void copy(ReceiveChannel<String> in, SendChannel<String> out, ReceiveChannel<Void> done)
      throws InterruptedException {
    var select = Select.loop();
    var fromIn = select.receive(in);
    var stop = select.receive(done);
    for (; ; ) {
      var chosen = select.await();
      if (chosen == stop || !fromIn.ok()) {
        return;
      }
      out.send(fromIn.value());
    }
  }

  // end:loop

  @Test
  void loop() throws InterruptedException {
    Channel<String> in = Channel.make(2);
    Channel<String> out = Channel.make(2);
    in.send("a");
    in.send("b");
    in.close();
    copy(in, out, Channel.nil());
    assertEquals(2, out.len());
  }

  @Test
  void disable() throws InterruptedException {
    Channel<Integer> a = Channel.make(2, 0);
    Channel<Integer> b = Channel.make(2, 0);
    a.send(1);
    a.send(2);
    b.send(3);
    a.close();
    b.close();
    int sum = 0;
    // snippet:disable
    var select = Select.loop();
    var fromA = select.receive(a);
    var fromB = select.receive(b);
    while (fromA.isEnabled() || fromB.isEnabled()) {
      var chosen = select.await() == fromA ? fromA : fromB;
      if (chosen.ok()) {
        sum += chosen.value();
      } else {
        chosen.disable(); // Go: a = nil
      }
    }
    // end:disable
    assertEquals(6, sum);
  }

  @Test
  void sendInLoop() throws InterruptedException {
    Channel<Integer> out = Channel.make(3, 0);
    // snippet:send
    var select = Select.loop();
    var next = select.send(out, 0);
    for (int i = 0; i < 3; i++) {
      next.value(i); // Go evaluates the value in every round; here you say when it changes
      select.await();
    }
    // end:send
    out.close();
    assertEquals(List.of(0, 1, 2), out.stream().toList());
  }

  @Test
  void queue() throws InterruptedException {
    Channel<String> in = Channel.make();
    Channel<String> out = Channel.make();
    var feeder =
        Thread.startVirtualThread(
            () -> {
              try {
                for (String s : List.of("a", "b", "c")) {
                  in.send(s);
                }
                in.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    var got = new ArrayList<String>();
    var reader = Thread.startVirtualThread(() -> out.stream().forEach(got::add));
    // snippet:queue
    var queue = new ArrayDeque<String>(); // without bound, between in and out
    var select = Select.loop();
    var enter = select.receive(in);
    var leave = select.<String>send(null); // a nil channel while there is nothing to send
    while (enter.isEnabled() || !queue.isEmpty()) {
      leave.channel(queue.isEmpty() ? null : out);
      leave.value(queue.peek());
      if (select.await() == leave) {
        queue.remove();
      } else if (enter.ok()) {
        queue.add(enter.value());
      } else {
        enter.disable();
      }
    }
    // end:queue
    out.close();
    feeder.join();
    reader.join();
    assertEquals(List.of("a", "b", "c"), got);
  }

  @Test
  void timeout() throws InterruptedException {
    Channel<String> in = Channel.make();
    boolean late = false;
    // snippet:deadline
    var select = Select.loop();
    var fromIn = select.receive(in);
    long deadline = System.nanoTime() + Duration.ofMillis(20).toNanos();
    while (!late) {
      var chosen = select.poll(Duration.ofNanos(deadline - System.nanoTime()));
      if (chosen == null) {
        late = true; // nothing came in time
      } else if (chosen == fromIn && !fromIn.ok()) {
        fromIn.disable();
      }
    }
    // end:deadline
    assertTrue(late);
    // snippet:poll
    if (select.poll() == null) {
      assertEquals(0, in.len()); // Go: default
    }
    // end:poll
  }

  // snippet:list
  static int firstReady(List<Channel<String>> inputs) throws InterruptedException {
    var select = Select.loop();
    for (var input : inputs) {
      select.receive(input);
    }
    return select.await().index();
  }

  // end:list

  @Test
  void list() throws InterruptedException {
    var inputs = new ArrayList<Channel<String>>();
    for (int i = 0; i < 100; i++) {
      inputs.add(Channel.make(1));
    }
    inputs.get(63).send("x");
    assertEquals(63, firstReady(inputs));
  }

  @Test
  void priority() throws InterruptedException {
    Channel<Void> done = Channel.make();
    Channel<String> work = Channel.make(1);
    work.send("some");
    done.close();
    // snippet:priority
    var select = Select.loop();
    var stop = select.receive(done);
    var more = select.receive(work);
    if (select.await() == more && done.tryReceive().isReady()) {
      more.disable(); // there is work, but done comes first
    }
    // end:priority
    assertNotSame(stop, more);
    assertNull(done.receive());
  }

  @Test
  void sameChannelBothWays() throws InterruptedException {
    Channel<Integer> ch = Channel.make(0, 0);
    var select = Select.loop();
    select.receive(ch);
    select.receive(ch);
    select.send(ch, 1);
    assertNull(select.poll(), "a select never meets itself");
  }

  @Test
  void aSendValueIsEvaluatedInAnyCase() throws InterruptedException {
    var evaluated = new ArrayList<String>();
    Channel<Void> done = Channel.make();
    done.close();
    Channel<Boolean> nil = Channel.nil();
    boolean sent =
        Select.<Boolean>of()
            .send(nil, evaluated.add("yes"), () -> true)
            .receive(done, () -> false)
            .await();
    assertFalse(sent);
    assertEquals(List.of("yes"), evaluated);
  }
}
