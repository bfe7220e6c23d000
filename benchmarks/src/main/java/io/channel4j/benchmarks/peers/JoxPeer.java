package io.channel4j.benchmarks.peers;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import io.channel4j.benchmarks.Shape;

/** Jox: Kotlin's channel algorithm on virtual threads. */
public final class JoxPeer implements Peer {
  @Override
  public String name() {
    return "jox";
  }

  @Override
  public boolean supports(Shape shape) {
    return true;
  }

  @Override
  public Chan make(int capacity) {
    return new JoxChannel(
        capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity));
  }

  @Override
  public Selector selector(Chan[] channels) {
    // A clause keeps no state between selects, so a user who cares makes the array once.
    var clauses = new SelectClause<?>[channels.length];
    for (int i = 0; i < clauses.length; i++) {
      clauses[i] = ((JoxChannel) channels[i]).channel.receiveClause();
    }
    return () -> (Integer) Select.select(clauses);
  }

  private record JoxChannel(Channel<Integer> channel) implements Chan {
    @Override
    public void send(Integer value) throws InterruptedException {
      channel.send(value);
    }

    @Override
    public Integer receive() throws InterruptedException {
      return channel.receive();
    }
  }
}
