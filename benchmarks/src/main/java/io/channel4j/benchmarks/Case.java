package io.channel4j.benchmarks;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One case of a select.
 *
 * @param channel a channel of the peer that makes the select
 * @param sent what the case sends, or null if it receives
 */
public record Case(Chan channel, @Nullable Integer sent) {
  /** A case that receives. */
  public static Case receive(Chan channel) {
    return new Case(channel, null);
  }

  /** A case that sends that value each time. */
  public static Case send(Chan channel, Integer value) {
    return new Case(channel, value);
  }

  /** One receive case for each channel. */
  public static List<Case> receive(Chan[] channels) {
    return Arrays.stream(channels).map(Case::receive).toList();
  }
}
