package io.channel4j.benchmarks.peers;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.benchmarks.Case;
import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectLoop;
import io.channel4j.time.Time;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** This library, with select in its loop form: the one to write a loop with. */
public final class Channel4jPeer implements Peer {
  @Override
  public String name() {
    return "channel4j";
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  @Override
  public Chan make(int capacity) {
    return new Channel4jChannel(Channel.make(capacity));
  }

  @Override
  public Selector selector(List<Case> cases) {
    var select = Select.loop();
    for (Case c : cases) {
      Integer sent = c.sent();
      if (sent == null) {
        var unused = select.receive((ReceiveChannel<?>) c.channel().channel());
      } else {
        var unused = select.send(((Channel4jChannel) c.channel()).channel(), sent);
      }
    }
    return new Loop(select);
  }

  @Override
  public Chan timer() {
    return new TimerOnly(Time.after(Duration.ofHours(1)));
  }

  private record Loop(SelectLoop select) implements Selector {
    @Override
    public int await() throws InterruptedException {
      return select.await().index();
    }

    @Override
    public Integer receive() throws InterruptedException {
      var chosen = (ReceiveCase<?>) select.await();
      return Objects.requireNonNull((Integer) chosen.value());
    }
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

    @Override
    public int receiveOrClosed() throws InterruptedException {
      var received = channel.receiveOk();
      return received.ok() ? received.value() : CLOSED;
    }

    @Override
    public boolean trySend(Integer value) {
      return channel.trySend(value);
    }

    @Override
    public int tryReceive() {
      var tried = channel.tryReceive();
      return tried.ok() ? tried.value() : tried.isReady() ? CLOSED : NOT_READY;
    }

    @Override
    public void close() {
      channel.close();
    }
  }

  /** A case of a select, and nothing else. */
  private record TimerOnly(ReceiveChannel<?> channel) implements Chan {
    @Override
    public void send(Integer value) {
      throw new UnsupportedOperationException("a timer's channel");
    }

    @Override
    public Integer receive() {
      throw new UnsupportedOperationException("a timer's channel");
    }
  }
}
