package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.conformance.support.ThreadKind;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** What two threads that select at the same moment share: a loop by mistake, a channel's number. */
class SelectOwnerTest {
  private static final int POLLS = 400_000;
  private static final int CASES = 8;
  private static final int CHANNELS = 2_000;
  private static final int ROUNDS = 200;

  /**
   * A loop that two threads use at once tells one of them, or serves them one after the other; its
   * cases stay whole. A case that is there is chosen in 2,000 polls, but for 8 times in 10^116.
   */
  @Test
  void misuseDoesNotHarmTheCases() {
    SelectLoop loop = Select.loop();
    for (int i = 0; i < CASES; i++) {
      Channel<Integer> c = Channel.make();
      c.close();
      loop.receive(c);
    }
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      Outcome<Integer> one = g.call(() -> poll(loop));
      Outcome<Integer> two = g.call(() -> poll(loop));
      assertEquals(2 * POLLS, one.get() + two.get());
    }
    Set<SelectCase> chosen = new HashSet<>();
    for (int i = 0; i < 2_000; i++) {
      chosen.add(loop.poll());
    }
    assertEquals(CASES, chosen.size());
  }

  /** Gives how often it was served or was told. */
  private static int poll(SelectLoop loop) {
    int n = 0;
    for (int i = 0; i < POLLS; i++) {
      try {
        n += loop.poll() == null ? 0 : 1;
      } catch (IllegalStateException e) {
        n++;
      }
    }
    return n;
  }

  /** Selects enqueue in the order of these numbers, so all must see the same. */
  @Test
  void channelHasOneNumber() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Channel<?>[] channels = new Channel<?>[CHANNELS];
    try (var g = new Goroutines(ThreadKind.PLATFORM)) {
      for (int round = 0; round < ROUNDS; round++) {
        Arrays.setAll(channels, i -> Channel.<Integer>make());
        Outcome<long[]> one = g.call(() -> orders(start, channels));
        Outcome<long[]> two = g.call(() -> orders(start, channels));
        assertArrayEquals(one.get(), two.get());
      }
    }
  }

  private static long[] orders(CyclicBarrier start, Channel<?>[] channels) throws Exception {
    start.await();
    return Arrays.stream(channels).mapToLong(c -> ((ChannelBase<?>) c).order()).toArray();
  }
}
