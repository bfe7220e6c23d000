package io.channel4j.benchmarks.peers;

import io.channel4j.Channel;
import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import io.channel4j.benchmarks.Shape;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import java.util.Objects;

/** This library, with select in its loop form: the one to write a loop with. */
public final class Channel4jPeer implements Peer {
  @Override
  public String name() {
    return "channel4j";
  }

  @Override
  public boolean supports(Shape shape) {
    return true;
  }

  @Override
  public Chan make(int capacity) {
    return new Channel4jChannel(Channel.make(capacity));
  }

  @Override
  public Selector selector(Chan[] channels) {
    var select = Select.loop();
    for (Chan channel : channels) {
      select.receive(((Channel4jChannel) channel).channel);
    }
    return () -> {
      var chosen = (ReceiveCase<?>) select.await();
      return Objects.requireNonNull((Integer) chosen.value());
    };
  }

  record Channel4jChannel(Channel<Integer> channel) implements Chan {
    @Override
    public void send(Integer value) throws InterruptedException {
      channel.send(value);
    }

    @Override
    public Integer receive() throws InterruptedException {
      return Objects.requireNonNull(channel.receive());
    }
  }
}
