package io.channel4j.stress.soak;

import io.channel4j.Channel;
import io.channel4j.TryReceived;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import io.channel4j.test.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;

/** Receives from some channels, in all forms, until they are closed and drained. */
final class Consumer {
  private final Round round;
  private final SplittableRandom random;
  private final List<Channel<Long>> open;
  private final Ledger.Sink sink;
  private final SelectLoop loop = Select.loop();
  private final List<ReceiveCase<Long>> cases = new ArrayList<>();

  Consumer(Round round, String name, List<Channel<Long>> from, SplittableRandom random) {
    this.round = round;
    this.random = random;
    this.open = new ArrayList<>(from);
    this.sink = round.ledger.sink(name);
    for (Channel<Long> ch : from) {
      cases.add(loop.receive(ch));
    }
  }

  void run() {
    boolean ranges = open.size() == 1 && random.nextBoolean();
    while (!open.isEmpty()) {
      try {
        if (ranges) {
          range(open.get(0));
          open.clear();
          return;
        }
        int form = random.nextInt(8);
        if (form < 4) {
          plain(form, open.get(random.nextInt(open.size())));
        } else if (form == 4) {
          oneShot();
        } else {
          loop();
        }
      } catch (InterruptedException | CancellationException e) {
        boolean unused = Thread.interrupted(); // an iterator leaves it set
        round.counts.add("receive: interrupted");
      }
    }
  }

  private Duration timeout() {
    return Duration.ofNanos(random.nextInt(4) == 0 ? 0 : random.nextInt(200_000));
  }

  private void received(long value, String how) {
    sink.received(value);
    round.watchdog.progress();
    round.counts.add(how);
  }

  /** Closed channels stay in the loop's cases as disabled ones. */
  private void closed(Channel<Long> ch) {
    open.removeIf(c -> c.equals(ch));
    round.counts.add("receive: closed");
  }

  private void range(Channel<Long> ch) throws InterruptedException {
    if (random.nextBoolean()) {
      for (long value : ch) {
        received(value, "for each");
      }
    } else {
      ch.range(value -> received(value, "range"));
    }
  }

  private void plain(int form, Channel<Long> ch) throws InterruptedException {
    TryReceived<Long> got =
        switch (form) {
          case 0 -> ch.tryReceive();
          case 1 -> ch.tryReceive(timeout());
          default -> {
            var r = ch.receiveOk();
            yield new TryReceived<>(true, r.ok(), r.value());
          }
        };
    if (!got.isReady()) {
      round.counts.add("receive: not ready");
    } else if (got.ok()) {
      received(got.value(), form == 0 ? "tryReceive" : form == 1 ? "timed receive" : "receive");
    } else {
      closed(ch);
    }
  }

  private void oneShot() throws InterruptedException {
    Select<Boolean> select = Select.of();
    for (Channel<Long> ch : List.copyOf(open)) {
      select.receive(
          ch,
          (value, ok) -> {
            if (ok) {
              received(value, "select of receives");
            } else {
              closed(ch);
            }
            return true;
          });
    }
    switch (random.nextInt(3)) {
      case 0 -> select.orDefault(() -> false);
      case 1 -> select.onTimeout(timeout(), () -> false);
      default -> {}
    }
    if (!select.<RuntimeException>await()) {
      round.counts.add("select of receives: none");
    }
  }

  private void loop() throws InterruptedException {
    SelectCase chosen =
        switch (random.nextInt(4)) {
          case 0 -> loop.poll();
          case 1 -> loop.poll(timeout());
          default -> cases.stream().anyMatch(SelectCase::isEnabled) ? loop.await() : loop.poll();
        };
    if (chosen instanceof ReceiveCase<?> r) {
      ReceiveCase<Long> c = cases.get(r.index());
      if (c.ok()) {
        received(c.value(), "loop of receives");
      } else {
        c.disable();
      }
    } else {
      round.counts.add("loop of receives: none");
      if (cases.stream().noneMatch(SelectCase::isEnabled)) {
        open.clear(); // all were closed and drained
      }
    }
  }
}
