package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A close frees all that wait, however many. {@code channel4j.attack.million} says how many
 * receivers; a million parked virtual threads need a heap of about a gigabyte.
 */
@Timeout(120)
class MassCloseAttackTest {
  private static final int MILLION = Integer.getInteger("channel4j.attack.million", 1_000_000);

  private interface Wait {
    boolean sawClose() throws InterruptedException;
  }

  private static void closeAll(int n, Channel<Integer> c, boolean senders, Wait wait)
      throws InterruptedException {
    var channel = (ChannelBase<Integer>) c;
    var sawClose = new AtomicInteger();
    var ended = new CountDownLatch(n);
    for (int i = 0; i < n; i++) {
      Thread unused =
          Thread.startVirtualThread(
              () -> {
                try {
                  if (wait.sawClose()) {
                    sawClose.incrementAndGet();
                  }
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                } finally {
                  ended.countDown();
                }
              });
    }
    while ((senders ? channel.waitingSenders() : channel.waitingReceivers()) < n) {
      LockSupport.parkNanos(1_000_000);
      assertEquals(n, ended.getCount(), "ended before the close");
    }
    c.close();
    assertTrue(ended.await(60, TimeUnit.SECONDS), () -> ended.getCount() + " do not end");
    assertEquals(n, sawClose.get());
    assertEquals(0, channel.waitingSenders() + channel.waitingReceivers());
    assertTrue(channel.linkedPlaces() <= 4);
  }

  @Test
  void receivers() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    closeAll(MILLION, c, false, () -> !c.receiveOk().ok());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void senders(int capacity) throws InterruptedException {
    Channel<Integer> c = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      c.send(i);
    }
    closeAll(
        100_000,
        c,
        true,
        () -> {
          try {
            c.send(1);
            return false;
          } catch (ChannelPanic.SendOnClosed e) {
            return true;
          }
        });
  }

  @Test
  void selects() throws InterruptedException {
    Channel<Integer> c = Channel.make();
    Channel<Integer> other = Channel.make(1);
    closeAll(
        100_000,
        c,
        false,
        () -> Select.<Boolean>of().receive(other, v -> false).receive(c, (v, ok) -> !ok).await());
    assertEquals(0, ((ChannelBase<Integer>) other).waitingReceivers());
    assertTrue(((ChannelBase<Integer>) other).linkedPlaces() < 200_000);
  }
}
