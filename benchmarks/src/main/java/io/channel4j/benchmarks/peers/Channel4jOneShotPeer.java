package io.channel4j.benchmarks.peers;

import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import io.channel4j.benchmarks.Shape;
import io.channel4j.benchmarks.peers.Channel4jPeer.Channel4jChannel;
import io.channel4j.select.Select;
import java.util.Objects;

/** This library, with select in its one-shot form, made anew for every value. */
public final class Channel4jOneShotPeer implements Peer {
  private final Peer channels = new Channel4jPeer();

  @Override
  public String name() {
    return "channel4j-oneshot";
  }

  @Override
  public boolean supports(Shape shape) {
    return shape.kind() == Shape.Kind.SELECT;
  }

  @Override
  public Chan make(int capacity) {
    return channels.make(capacity);
  }

  @Override
  public Selector selector(Chan[] channels) {
    return () -> {
      var select = Select.<Integer>of();
      for (Chan channel : channels) {
        select.receive(((Channel4jChannel) channel).channel(), v -> Objects.requireNonNull(v));
      }
      return select.await();
    };
  }
}
