package io.channel4j.conformance.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.internal.ChannelBase;

/** Who waits at a channel, counted by places: a select has one for each of its cases. */
public final class Places {
  private Places() {}

  public static int receivers(Channel<?> c) {
    return ((ChannelBase<?>) c).waitingReceivers();
  }

  public static int senders(Channel<?> c) {
    return ((ChannelBase<?>) c).waitingSenders();
  }

  /** How many places the channel holds on to, those that were given up included. */
  public static int linked(Channel<?> c) {
    return ((ChannelBase<?>) c).linkedPlaces();
  }

  /** Waits until there are so many places. Their threads may not be parked yet. */
  public static void await(Goroutines g, Channel<?> c, int receivers, int senders) {
    g.until(
        receivers + " and " + senders + " places",
        () -> receivers(c) == receivers && senders(c) == senders);
  }

  public static void assertNone(Channel<?>... channels) {
    for (Channel<?> c : channels) {
      assertEquals(0, receivers(c), "waiting receivers");
      assertEquals(0, senders(c), "waiting senders");
    }
  }
}
