package io.channel4j.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The code in docs/guide/channels.md, and that it does what is said there. */
@NullUnmarked
class ChannelsTest {

  @Test
  void make() throws InterruptedException {
    // snippet:make
    Channel<String> unbuffered = Channel.make();
    Channel<String> buffered = Channel.make(3); // room for exactly 3
    Channel<Integer> numbers = Channel.make(3, 0); // gives 0 when closed and drained
    Channel<Integer> rendezvous = Channel.make(0, 0); // unbuffered, with a zero value
    Channel<Void> done = Channel.make(); // Go: chan struct{}
    // end:make
    for (int i = 0; i < 3; i++) {
      assertTrue(buffered.trySend("x"));
    }
    assertFalse(buffered.trySend("x"));
    assertEquals(0, unbuffered.cap() + rendezvous.cap());
    numbers.close();
    assertEquals(0, numbers.receive());
    done.close();
    assertNull(done.receive());
  }

  @Test
  void receive() throws InterruptedException {
    Channel<String> ch = Channel.make(1);
    var used = new ArrayList<String>();
    ch.send("a");
    // snippet:receive
    var received = ch.receiveOk();
    if (received.ok()) {
      used.add(received.value());
    }
    // end:receive
    // snippet:try
    var tried = ch.tryReceive();
    if (!tried.isReady()) {
      used.add("nothing there yet");
    } else if (tried.ok()) {
      used.add(tried.value());
    } else {
      used.add("closed");
    }
    // end:try
    // snippet:timed
    boolean sent = ch.trySend("b", Duration.ofSeconds(1));
    var next = ch.tryReceive(Duration.ofSeconds(1));
    // end:timed
    assertTrue(sent);
    assertEquals("b", next.value());
    assertEquals(List.of("a", "nothing there yet"), used);
  }

  @Test
  void nulls() throws InterruptedException {
    // snippet:null
    Channel<@Nullable Exception> errors = Channel.make(2);
    errors.send(null); // Go: errors <- nil
    errors.close();
    assertTrue(errors.receiveOk().ok()); // null was sent
    assertFalse(errors.receiveOk().ok()); // null says: closed
    // end:null
  }

  @Test
  void range() throws Exception {
    var printed = new ArrayList<String>();
    Channel<String> words = Channel.make(4);
    for (String word : List.of("a", "b", "stop", "c")) {
      words.send(word);
    }
    words.close();
    // snippet:for-each
    for (String word : words) {
      if (word.equals("stop")) {
        break; // leaves the channel as it is
      }
      printed.add(word);
    }
    // end:for-each
    // snippet:range
    words.range(word -> printed.add(word)); // the body may throw, a checked exception too
    // end:range
    assertEquals(List.of("a", "b", "c"), printed);
    assertEquals(List.of(), words.stream().toList());
  }

  // snippet:directions
  static void square(ReceiveChannel<Integer> in, SendChannel<Integer> out)
      throws InterruptedException {
    for (int i : in) {
      out.send(i * i);
    }
    out.close();
  }

  // end:directions

  @Test
  void directions() throws InterruptedException {
    Channel<Integer> in = Channel.make(2, 0);
    Channel<Integer> out = Channel.make(2, 0);
    in.send(2);
    in.send(3);
    in.close();
    square(in, out);
    assertEquals(List.of(4, 9), out.stream().toList());
    SendChannel<Integer> view = in;
    assertSame(in, view);
  }

  @Test
  void closeTellsEverybody() throws InterruptedException {
    var ended = new AtomicInteger();
    // snippet:done
    Channel<Void> done = Channel.make();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 10; i++) {
      threads.add(
          Thread.startVirtualThread(
              () -> {
                for (var unused : done) {} // waits until done is closed
                ended.incrementAndGet();
              }));
    }
    done.close();
    for (Thread thread : threads) {
      thread.join();
    }
    // end:done
    assertEquals(10, ended.get());
  }

  @Test
  void semaphore() throws InterruptedException {
    var log = new ArrayList<String>();
    // snippet:semaphore
    Channel<Object> tokens = Channel.make(20);
    Object token = new Object();

    tokens.send(token); // waits while 20 are at it
    try {
      log.add("at work");
    } finally {
      tokens.receive();
    }
    // end:semaphore
    assertEquals(0, tokens.len());
    assertEquals(List.of("at work"), log);
  }

  @Test
  void nil() {
    // snippet:nil
    Channel<String> nil = Channel.nil();
    assertFalse(nil.trySend("x"));
    assertFalse(nil.tryReceive().isReady());
    assertEquals(0, nil.len() + nil.cap());
    // end:nil
  }

  @Test
  void panics() {
    Channel<String> ch = Channel.make();
    ch.close();
    assertMessage(
        "send on closed channel",
        assertThrows(ChannelPanic.SendOnClosed.class, () -> ch.send("x")));
    assertMessage(
        "close of closed channel", assertThrows(ChannelPanic.CloseOfClosed.class, ch::close));
    assertMessage(
        "close of nil channel", assertThrows(ChannelPanic.CloseOfNil.class, Channel.nil()::close));
    assertMessage(
        "makechan: size out of range",
        assertThrows(ChannelPanic.SizeOutOfRange.class, () -> Channel.make(-1)));
  }

  private static void assertMessage(String message, ChannelPanic panic) {
    assertEquals(message, panic.getMessage());
  }

  @Test
  void interrupts() throws InterruptedException {
    Channel<String> ch = Channel.make(1);
    ch.send("kept");
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, ch::receive);
    Thread.currentThread().interrupt();
    assertEquals("kept", ch.tryReceive().value(), "looks at no interrupt");
    assertThrows(CancellationException.class, ch.iterator()::hasNext);
    assertTrue(Thread.interrupted());
  }

  @Test
  void aClosedChannelWithoutZeroGivesNull() {
    Channel<Integer> ch = Channel.make();
    ch.close();
    assertThrows(
        NullPointerException.class,
        () -> {
          int unused = ch.receive();
        });
  }
}
