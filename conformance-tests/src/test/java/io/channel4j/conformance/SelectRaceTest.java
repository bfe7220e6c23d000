package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Places;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Peers, close and interrupts that all go for the same blocked selects: each select ends in one
 * way, and what was sent is what was received. Answers to brief section 4, "one blocked operation
 * ends once"; Go has no such test because it has no interrupts.
 */
class SelectRaceTest {
  private static final String ALL =
      "io.channel4j.conformance.support.SelectForm#all"; // capacity, form, kind

  /** The books of one round: what went in must come out. */
  private static final class Books {
    final AtomicLong sentSum = new AtomicLong();
    final AtomicLong receivedSum = new AtomicLong();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger received = new AtomicInteger();
    final AtomicInteger numbers = new AtomicInteger();

    int next() {
      return numbers.incrementAndGet();
    }

    void sent(int value) {
      sent.incrementAndGet();
      sentSum.addAndGet(value);
    }

    void received(@Nullable Object value) {
      if (value == null) {
        throw new AssertionError("received a value that nobody sent: null, and ok");
      }
      received.incrementAndGet();
      receivedSum.addAndGet((Integer) value);
    }

    void balance(List<Channel<Integer>> channels) {
      for (Channel<Integer> c : channels) {
        for (var r = c.tryReceive(); r.isReady() && r.ok(); r = c.tryReceive()) {
          received(r.value());
        }
        Places.assertNone(c);
      }
      assertEquals(sent.get(), received.get(), "values sent and received");
      assertEquals(sentSum.get(), receivedSum.get(), "sums of the values");
    }
  }

  /**
   * Three selects receive from two channels, three send to them, two plain senders and receivers
   * push in between, and then everything is closed at a random moment. A send that returned was
   * received or is in the buffer; one that panicked was not received.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void closeWhileSelectsMeet(int capacity, SelectForm form, ThreadKind kind) {
    int rounds = kind == ThreadKind.VIRTUAL ? 400 : 60;
    try (var g = new Goroutines(kind)) {
      for (int round = 0; round < rounds; round++) {
        var channels = List.<Channel<Integer>>of(Channel.make(capacity), Channel.make(capacity));
        var books = new Books();
        for (int i = 0; i < 3; i++) {
          g.go(() -> receiveUntilClosed(form, channels, books));
          g.go(() -> sendUntilClosed(form, channels, books));
        }
        for (Channel<Integer> c : channels) {
          g.go(
              () -> {
                for (var r = c.receiveOk(); r.ok(); r = c.receiveOk()) {
                  books.received(r.value());
                }
              });
          g.go(() -> sendPlainlyUntilClosed(c, books));
        }
        int before = ThreadLocalRandom.current().nextInt(60);
        g.until("some traffic", () -> books.sent.get() >= before);
        channels.forEach(Channel::close);
        g.await();
        books.balance(channels);
      }
    }
  }

  private static void receiveUntilClosed(
      SelectForm form, List<Channel<Integer>> channels, Books books) throws InterruptedException {
    var select = form.statement();
    channels.forEach(select::receive);
    int closed = 0;
    while (closed < 20) { // until both are, with odds to the contrary of 2^-19
      Choice c = select.await();
      if (c.ok()) {
        books.received(c.value());
      } else {
        closed++;
      }
    }
  }

  private static void sendUntilClosed(SelectForm form, List<Channel<Integer>> channels, Books books)
      throws InterruptedException {
    try {
      for (; ; ) {
        int a = books.next();
        int b = books.next();
        var select = form.statement().send(channels.get(0), a).send(channels.get(1), b);
        for (int i = 0; i < 3; i++) { // thrice, so that a loop keeps its places
          books.sent(select.await().index() == 0 ? a : b);
        }
      }
    } catch (ChannelPanic.SendOnClosed e) {
      assertEquals("send on closed channel", e.getMessage());
    }
  }

  private static void sendPlainlyUntilClosed(Channel<Integer> c, Books books)
      throws InterruptedException {
    try {
      for (; ; ) {
        int v = books.next();
        c.send(v);
        books.sent(v);
      }
    } catch (ChannelPanic.SendOnClosed e) {
      assertEquals("send on closed channel", e.getMessage());
    }
  }

  /**
   * Selects in both directions over two channels, which are interrupted at any moment and go on. An
   * interrupt that comes second leaves the interrupt status set and the exchange done; one that
   * comes first leaves the channels as they were.
   */
  @ParameterizedTest
  @MethodSource(ALL)
  void interruptWhileSelectsMeet(int capacity, SelectForm form, ThreadKind kind) {
    int interrupted = 0;
    while (interrupted == 0) { // a run may be over before the first interrupt comes
      interrupted = interruptsWhileSelectsMeet(capacity, form, kind);
    }
  }

  private static int interruptsWhileSelectsMeet(int capacity, SelectForm form, ThreadKind kind) {
    int values = kind == ThreadKind.VIRTUAL ? 4_000 : 1_000;
    var channels = List.<Channel<Integer>>of(Channel.make(capacity), Channel.make(capacity));
    var books = new Books();
    var interrupted = new AtomicInteger();
    var running = new AtomicInteger(4);
    try (var g = new Goroutines(kind)) {
      var threads = new ArrayList<Thread>();
      for (int i = 0; i < 2; i++) {
        threads.add(
            g.go(
                () -> {
                  var select = form.statement();
                  channels.forEach(select::receive);
                  for (int n = 0; n < values; ) {
                    try {
                      Choice c = select.await();
                      assertTrue(c.ok());
                      books.received(c.value());
                      n++;
                    } catch (InterruptedException e) {
                      interrupted.incrementAndGet();
                    }
                  }
                  running.decrementAndGet();
                }));
        threads.add(
            g.go(
                () -> {
                  for (int n = 0; n < values; ) {
                    int a = books.next();
                    int b = books.next();
                    var select = form.statement().send(channels.get(0), a).send(channels.get(1), b);
                    for (int k = 0; k < 4 && n < values; k++) {
                      try {
                        books.sent(select.await().index() == 0 ? a : b);
                        n++;
                      } catch (InterruptedException e) {
                        interrupted.incrementAndGet();
                      }
                    }
                  }
                  running.decrementAndGet();
                }));
      }
      var random = ThreadLocalRandom.current();
      g.until(
          "the selects to finish",
          () -> {
            threads.get(random.nextInt(threads.size())).interrupt();
            return running.get() == 0;
          });
      g.await();
    }
    books.balance(channels);
    return interrupted.get();
  }
}
