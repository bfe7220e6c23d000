package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import io.channel4j.internal.TimerChannel;
import io.channel4j.internal.TimerClock;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the cases of a loop between its rounds, where their places stay in the lists. */
class SelectPlaceTest {
  private final Goroutines g = new Goroutines(ThreadKind.VIRTUAL);

  @AfterEach
  void end() {
    g.close();
  }

  /** After it, every other case of the loop has waited. */
  private void waitOnce(SelectLoop loop, Channel<Integer> done, SelectCase fromDone)
      throws InterruptedException {
    Outcome<Boolean> sender =
        g.call(
            () -> {
              done.send(0);
              return true;
            });
    assertSame(fromDone, loop.await());
    assertTrue(sender.get());
  }

  /** One waiting round, by way of a thread that comes when the loop waits. */
  private void parkOnce(SelectLoop loop, Channel<Integer> done, SelectCase fromDone)
      throws InterruptedException {
    Outcome<Boolean> sender =
        g.call(
            () -> {
              g.until("the loop to wait", () -> ((ChannelBase<?>) done).waitingReceivers() == 1);
              done.send(0);
              return true;
            });
    assertSame(fromDone, loop.await());
    assertTrue(sender.get());
  }

  /** A clock that is set by hand, and whose alarms never ring. */
  private static final class Clock implements TimerClock {
    private volatile long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Instant instantAt(long nanos) {
      return Instant.ofEpochSecond(0, nanos);
    }

    @Override
    public Object schedule(Runnable alarm, long due) {
      return alarm;
    }

    @Override
    public void cancel(Object handle) {}
  }

  /** The clock makes a timer ready, and the alarm that looks who waits may be late. */
  @Test
  void timerThatGotDueBetweenRoundsIsThere() throws InterruptedException {
    var clock = new Clock();
    Channel<Instant> timer = new TimerChannel(clock, 1_000, 0);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    ReceiveCase<Instant> fromTimer = loop.receive(timer);
    SelectCase fromDone = loop.receive(done);
    parkOnce(loop, done, fromDone);
    assertNull(loop.poll());
    clock.now = 1_000;
    assertSame(fromTimer, loop.poll());
    assertEquals(Instant.ofEpochSecond(0, 1_000), fromTimer.value());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void valueThatCameBetweenRoundsIsThere(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    ReceiveCase<Integer> fromC = loop.receive(c);
    SelectCase fromDone = loop.receive(done);
    for (int i = 0; i < 50; i++) {
      parkOnce(loop, done, fromDone);
      assertNull(loop.poll());
      assertTrue(c.trySend(i));
      assertSame(fromC, i % 2 == 0 ? loop.poll() : loop.await());
      assertEquals(i, fromC.value());
      assertNull(loop.poll());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  void roomThatCameBetweenRoundsIsThere(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    var toC = loop.send(c, 7);
    SelectCase fromDone = loop.receive(done);
    for (int i = 0; i < capacity; i++) {
      assertTrue(c.trySend(-1));
    }
    for (int i = 0; i < 50; i++) {
      parkOnce(loop, done, fromDone);
      assertNull(loop.poll());
      assertTrue(c.tryReceive().isReady());
      assertSame(toC, i % 2 == 0 ? loop.poll() : loop.await());
      assertNull(loop.poll());
    }
  }

  /**
   * The value of a case that has a place in a list is changed: that place must not send the old
   * one.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void otherValueIsSent(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    var toC = loop.send(c, -1);
    SelectCase fromDone = loop.receive(done);
    if (capacity == 1) {
      assertTrue(c.trySend(-2));
    }
    for (int i = 0; i < 50; i++) {
      parkOnce(loop, done, fromDone);
      toC.value(i);
      Outcome<Integer> receiver = g.call(c::receive);
      assertSame(toC, loop.await());
      assertEquals(capacity == 0 ? i : i == 0 ? -2 : i - 1, receiver.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 10})
  void closeBetweenRoundsIsSeen(int capacity) throws InterruptedException {
    for (boolean sends : new boolean[] {false, true}) {
      Channel<Integer> c = Channel.make(capacity);
      Channel<Integer> done = Channel.make();
      SelectLoop loop = Select.loop();
      for (int i = 0; sends && i < capacity; i++) {
        assertTrue(c.trySend(i));
      }
      SelectCase onC = sends ? loop.send(c, 7) : loop.receive(c);
      SelectCase fromDone = loop.receive(done);
      parkOnce(loop, done, fromDone);
      c.close();
      for (int i = 0; i < 3; i++) {
        if (sends) {
          assertThrowsExactly(ChannelPanic.SendOnClosed.class, loop::await);
          assertThrowsExactly(ChannelPanic.SendOnClosed.class, loop::poll);
        } else {
          assertSame(onC, loop.await());
          assertSame(onC, loop.poll());
          assertFalse(((ReceiveCase<?>) onC).ok());
        }
      }
    }
  }

  /** More cases than a word has bits. Values come to some of them, in rounds and between them. */
  @ParameterizedTest
  @CsvSource({"3, 0", "64, 0", "65, 1", "200, 0", "200, 2", "1000, 1"})
  void everyCaseOfManyIsServed(int cases, int capacity) throws InterruptedException {
    List<Channel<Integer>> channels = new ArrayList<>();
    List<ReceiveCase<Integer>> receives = new ArrayList<>();
    SelectLoop loop = Select.loop();
    for (int i = 0; i < cases; i++) {
      channels.add(Channel.make(capacity));
      receives.add(loop.receive(channels.get(i)));
    }
    int rounds = 2 * cases + 200;
    Outcome<Integer> sender =
        g.call(
            () -> {
              int sum = 0;
              for (int i = 0; i < rounds; i++) {
                int to =
                    i < 2 * cases
                        ? i % cases
                        : ThreadLocalRandom.current().nextInt(Math.min(cases, 3)) * (cases / 3);
                channels.get(to).send(i);
                sum += i * (to + 1);
              }
              return sum;
            });
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      SelectCase chosen = loop.await();
      ReceiveCase<Integer> r = receives.get(chosen.index());
      assertSame(chosen, r);
      sum += r.value() * (chosen.index() + 1);
    }
    assertEquals(sender.get(), sum);
    assertNull(loop.poll());
  }

  /** A case that is disabled, and enabled again, between the rounds in which it waits. */
  @Test
  void caseThatWasAwayIsBack() throws InterruptedException {
    Channel<Integer> c = Channel.make(1);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    ReceiveCase<Integer> fromC = loop.receive(c);
    SelectCase fromDone = loop.receive(done);
    for (int i = 0; i < 50; i++) {
      parkOnce(loop, done, fromDone);
      fromC.disable();
      assertTrue(c.trySend(i));
      assertNull(loop.poll());
      parkOnce(loop, done, fromDone);
      fromC.enable();
      assertSame(fromC, loop.await());
      assertEquals(i, fromC.value());
      parkOnce(loop, done, fromDone);
      assertEquals(new TryReceived<>(false, false, null), c.tryReceive());
    }
  }

  /**
   * Of two channels that both became ready between rounds each is chosen as often as the other.
   * With 6,000 rounds the odds that a fair choice is off by more than 250 are below 1 in 10^9: 6.4
   * standard deviations.
   */
  @Test
  void choiceAmongThoseThatHaveWaitedIsUniform() throws InterruptedException {
    Channel<Integer> a = Channel.make(1);
    Channel<Integer> b = Channel.make(1);
    Channel<Integer> done = Channel.make();
    SelectLoop loop = Select.loop();
    SelectCase fromA = loop.receive(a);
    SelectCase fromB = loop.receive(b);
    SelectCase fromDone = loop.receive(done);
    int first = 0;
    int rounds = 6_000;
    for (int i = 0; i < rounds; i++) {
      waitOnce(loop, done, fromDone);
      assertTrue(a.trySend(i));
      assertTrue(b.trySend(i));
      SelectCase chosen = loop.await();
      if (chosen == fromA) {
        first++;
      }
      assertSame(chosen == fromA ? fromB : fromA, loop.await());
    }
    int chosenFirst = first;
    assertTrue(Math.abs(first - rounds / 2) <= 250, () -> chosenFirst + " times of " + rounds);
  }
}
