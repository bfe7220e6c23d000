package io.channel4j.stress.soak;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.select.Select;
import io.channel4j.select.SelectLoop;
import io.channel4j.select.SendCase;
import io.channel4j.test.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Sends a number of values to some channels, in all forms. */
final class Producer {
  private static final int NOBODY = -1;

  private final Round round;
  private final SplittableRandom random;
  private final List<Channel<Long>> to;
  private final List<Ledger.Source> sources = new ArrayList<>();
  private final SelectLoop loop = Select.loop();
  private final List<SendCase<Long>> cases = new ArrayList<>();

  Producer(Round round, String name, List<Channel<Long>> to, SplittableRandom random) {
    this.round = round;
    this.random = random;
    this.to = to.stream().distinct().toList();
    for (int i = 0; i < this.to.size(); i++) {
      sources.add(round.ledger.source(name + " to " + i));
      cases.add(loop.send(this.to.get(i)));
    }
    if (random.nextBoolean()) {
      var unused = loop.receive(Channel.nil());
    }
  }

  void run() {
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < to.size(); i++) {
      open.add(i);
    }
    int values = random.nextInt(1, 200);
    for (int n = 0; n < values && !open.isEmpty(); n++) {
      int form = random.nextInt(8);
      if (form < 5) {
        plain(form, open.get(random.nextInt(open.size())), open);
      } else {
        select(form, open);
      }
      round.watchdog.progress();
    }
  }

  private Duration timeout() {
    return Duration.ofNanos(random.nextInt(4) == 0 ? 0 : random.nextInt(200_000));
  }

  private void plain(int form, Integer target, List<Integer> open) {
    Channel<Long> ch = to.get(target);
    Ledger.Source source = sources.get(target);
    long value = source.next();
    boolean sent = false;
    try {
      switch (form) {
        case 0 -> {
          sent = ch.trySend(value);
          round.counts.add(sent ? "trySend" : "trySend: not ready");
        }
        case 1 -> {
          sent = ch.trySend(value, timeout());
          round.counts.add(sent ? "timed send" : "timed send: too late");
        }
        default -> {
          ch.send(value);
          sent = true;
          round.counts.add("send");
        }
      }
    } catch (InterruptedException e) {
      round.counts.add("send: interrupted");
    } catch (ChannelPanic.SendOnClosed e) {
      round.counts.add("send: panic");
      open.remove(/* element */ target);
    }
    settle(source, value, sent);
  }

  private static void settle(Ledger.Source source, long value, boolean sent) {
    if (sent) {
      source.sent(value);
    } else {
      source.refused(value);
    }
  }

  /** One value for each channel, of which at most one is sent. */
  private void select(int form, List<Integer> open) {
    long[] values = new long[to.size()];
    for (int i : open) {
      values[i] = sources.get(i).next();
    }
    List<Integer> offered = List.copyOf(open);
    int chosen = NOBODY;
    try {
      chosen = form == 5 ? oneShot(open, values) : loop(open, values);
      round.counts.add(chosen == NOBODY ? "select of sends: none" : "select of sends");
    } catch (InterruptedException e) {
      round.counts.add("select of sends: interrupted");
    } catch (ChannelPanic.SendOnClosed e) {
      round.counts.add("select of sends: panic");
      leaveClosed(open);
    }
    for (int i : offered) {
      settle(sources.get(i), values[i], i == chosen);
    }
  }

  private int oneShot(List<Integer> open, long[] values) throws InterruptedException {
    Select<Integer> select = Select.of();
    for (int i : open) {
      select.send(to.get(i), values[i], () -> i);
    }
    switch (random.nextInt(3)) {
      case 0 -> select.orDefault(() -> NOBODY);
      case 1 -> select.onTimeout(timeout(), () -> NOBODY);
      default -> {}
    }
    return select.<RuntimeException>await();
  }

  private int loop(List<Integer> open, long[] values) throws InterruptedException {
    for (int i = 0; i < cases.size(); i++) {
      if (open.contains(i)) {
        cases.get(i).value(values[i]);
      } else {
        cases.get(i).disable();
      }
    }
    var chosen =
        switch (random.nextInt(3)) {
          case 0 -> loop.poll();
          case 1 -> loop.poll(timeout());
          default -> loop.await();
        };
    return chosen == null ? NOBODY : chosen.index();
  }

  /** A select that panicked does not say which channel it was; a value never sent tells. */
  private void leaveClosed(List<Integer> open) {
    open.removeIf(
        i -> {
          long value = sources.get(i).next();
          try {
            settle(sources.get(i), value, to.get(i).trySend(value));
            return false;
          } catch (ChannelPanic.SendOnClosed e) {
            sources.get(i).refused(value);
            return true;
          }
        });
  }
}
