package io.channel4j.benchmarks.peers;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelClosed;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import io.channel4j.benchmarks.Case;
import io.channel4j.benchmarks.Chan;
import io.channel4j.benchmarks.Peer;
import io.channel4j.benchmarks.Selector;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Jox: Kotlin's channel algorithm on virtual threads. */
public final class JoxPeer implements Peer {
  @Override
  public String name() {
    return "jox";
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.allOf(Feature.class);
  }

  @Override
  public Chan make(int capacity) {
    return new JoxChannel(
        capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity));
  }

  @Override
  public Selector selector(List<Case> cases) {
    // A clause keeps no state between selects, so a user who cares makes the array once.
    var values = new SelectClause<?>[cases.size()];
    var numbers = new SelectClause<?>[cases.size()];
    for (int i = 0; i < cases.size(); i++) {
      Integer number = i;
      Case c = cases.get(i);
      Channel<Integer> channel = ((JoxChannel) c.channel()).channel;
      Integer sent = c.sent();
      if (sent == null) {
        values[i] = channel.receiveClause();
        numbers[i] = channel.receiveClause(v -> number);
      } else {
        values[i] = channel.sendClause(sent);
        numbers[i] = channel.sendClause(sent, () -> number);
      }
    }
    return new Clauses(values, numbers);
  }

  private static final class Clauses implements Selector {
    private final SelectClause<?>[] values;
    private final SelectClause<?>[] numbers;

    Clauses(SelectClause<?>[] values, SelectClause<?>[] numbers) {
      this.values = values;
      this.numbers = numbers;
    }

    @Override
    public int await() throws InterruptedException {
      Object chosen = Select.selectOrClosed(numbers);
      return chosen instanceof ChannelClosed ? Chan.CLOSED : (Integer) chosen;
    }

    @Override
    public Integer receive() throws InterruptedException {
      return (Integer) Select.select(values);
    }
  }

  /** A try is a select with a default: this version has nothing else for it. */
  private record JoxChannel(Channel<Integer> channel) implements Chan {
    private static final SelectClause<Integer> OTHERWISE = Select.defaultClause(NOT_READY);
    private static final Integer SENT = 0;

    @Override
    public void send(Integer value) throws InterruptedException {
      channel.send(value);
    }

    @Override
    public Integer receive() throws InterruptedException {
      return channel.receive();
    }

    @Override
    public int receiveOrClosed() throws InterruptedException {
      return valueOrClosed(channel.receiveOrClosed());
    }

    @Override
    public boolean trySend(Integer value) {
      try {
        Object answer = Select.selectOrClosed(channel.sendClause(value, () -> SENT), OTHERWISE);
        return SENT.equals(answer);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int tryReceive() {
      try {
        return valueOrClosed(Select.selectOrClosed(channel.receiveClause(), OTHERWISE));
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {
      channel.done();
    }

    private static int valueOrClosed(Object received) {
      return received instanceof ChannelClosed ? CLOSED : (Integer) received;
    }
  }
}
