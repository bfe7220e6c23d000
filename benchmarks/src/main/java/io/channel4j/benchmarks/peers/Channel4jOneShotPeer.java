package io.channel4j.benchmarks.peers;

import io.channel4j.ReceiveChannel;
import io.channel4j.benchmarks.Case;
import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import io.channel4j.benchmarks.Shape;
import io.channel4j.benchmarks.peers.Channel4jPeer.Channel4jChannel;
import io.channel4j.select.Select;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** This library, with select in its one-shot form, made anew for every value. */
public final class Channel4jOneShotPeer implements Peer {
  private final Peer channels = new Channel4jPeer();

  @Override
  public String name() {
    return "channel4j-oneshot";
  }

  @Override
  public Set<Feature> features() {
    return channels.features();
  }

  /** Without a select it is the other one. */
  @Override
  public boolean supports(Shape shape) {
    return shape.kind().needs().contains(Feature.SELECT);
  }

  @Override
  public Chan make(int capacity) {
    return channels.make(capacity);
  }

  @Override
  public Chan timer() {
    return channels.timer();
  }

  @Override
  public Selector selector(List<Case> cases) {
    return new OneShot(cases);
  }

  private record OneShot(List<Case> cases) implements Selector {
    @Override
    public int await() throws InterruptedException {
      var select = Select.<Integer>of();
      for (int i = 0; i < cases.size(); i++) {
        int index = i;
        Case c = cases.get(i);
        Integer sent = c.sent();
        if (sent == null) {
          select.receive((ReceiveChannel<?>) c.channel().channel(), () -> index);
        } else {
          select.send(((Channel4jChannel) c.channel()).channel(), sent, () -> index);
        }
      }
      return select.await();
    }

    @Override
    public Integer receive() throws InterruptedException {
      var select = Select.<Integer>of();
      for (Case c : cases) {
        select.receive(
            (ReceiveChannel<?>) c.channel().channel(), v -> (Integer) Objects.requireNonNull(v));
      }
      return select.await();
    }
  }
}
