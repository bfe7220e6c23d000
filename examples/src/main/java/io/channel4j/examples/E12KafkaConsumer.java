package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.context.CancelContext;
import io.channel4j.context.Context;
import io.channel4j.sync.WaitGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * A Kafka consumer that ends gracefully. What it has polled is worked off, and then committed.
 *
 * <p>One goroutine polls and commits, because a consumer is for one thread; only its wakeup is for
 * everybody. Workers get the records over a channel. The consumer here is Kafka's own mock.
 */
public final class E12KafkaConsumer {
  private static final TopicPartition ORDERS = new TopicPartition("orders", 0);
  private static final int WORKERS = 3;

  private final Channel<ConsumerRecord<String, String>> jobs = Channel.make();
  private final Channel<Void> worked = Channel.make(); // one for each record worked off
  private final AtomicInteger count = new AtomicInteger();
  private final int stopAfter;

  private E12KafkaConsumer(int stopAfter) {
    this.stopAfter = stopAfter;
  }

  /** Stops at the seventh record of 20; with the argument idle, when there are no more. */
  public static void main(String[] args) throws InterruptedException {
    boolean idle = args.length > 0 && args[0].equals("idle");
    var consumer = new WaitingMock();
    new E12KafkaConsumer(idle ? Integer.MAX_VALUE : 7).run(consumer);
    System.out.println("closed: " + consumer.closed());
  }

  private void run(WaitingMock consumer) throws InterruptedException {
    var wg = new WaitGroup();
    try (var ctx = Context.withCancel(Context.background())) {
      for (int i = 0; i < WORKERS; i++) {
        wg.go(() -> jobs.range(job -> work(ctx)));
      }
      wg.go(() -> poll(consumer, ctx));
      if (stopAfter == Integer.MAX_VALUE) { // a real program waits for a signal here
        consumer.idle.receive();
        System.out.println("idle");
        ctx.cancel();
      }
      wg.await();
    }
    System.out.println("worked off: " + count);
  }

  // snippet:poll
  private void poll(Consumer<String, String> consumer, Context ctx) throws InterruptedException {
    var wakeup = Context.afterFunc(ctx, consumer::wakeup); // a poll may wait for long
    try (consumer) {
      while (ctx.err() == null) {
        var batch = consumer.poll(Duration.ofMinutes(1));
        go(
            () -> {
              for (var job : batch) {
                jobs.send(job);
              }
            });
        for (int i = 0; i < batch.count(); i++) {
          worked.receive(); // to the end of the batch, whatever happens to the context
        }
        commit(consumer);
      }
    } catch (WakeupException e) {
      System.out.println("woken up"); // all that was polled has been committed
    } finally {
      wakeup.stop();
      jobs.close(); // ends the workers
    }
  }

  // end:poll

  private static void commit(Consumer<String, String> consumer) {
    try {
      consumer.commitSync();
    } catch (WakeupException e) { // came too early: first this, then the end
      consumer.commitSync();
    }
    System.out.println("committed " + consumer.committed(Set.of(ORDERS)).get(ORDERS).offset());
  }

  private void work(CancelContext ctx) throws InterruptedException {
    if (count.incrementAndGet() == stopAfter) {
      ctx.cancel();
    }
    worked.send(null);
  }

  /** With 20 records, in batches of five. Waits in poll as a real consumer does. */
  private static final class WaitingMock extends MockConsumer<String, String> {
    final Channel<Void> idle = Channel.make(1); // gets a null when a poll has to wait

    WaitingMock() {
      super("earliest");
      assign(List.of(ORDERS));
      updateBeginningOffsets(Map.of(ORDERS, 0L));
      setMaxPollRecords(5);
      for (int i = 0; i < 20; i++) {
        addRecord(new ConsumerRecord<>(ORDERS.topic(), 0, i, "key " + i, "order " + i));
      }
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // a wakeup must get in
    public ConsumerRecords<String, String> poll(Duration timeout) {
      long deadline = System.nanoTime() + timeout.toNanos();
      for (; ; ) {
        var records = super.poll(Duration.ZERO);
        if (!records.isEmpty() || System.nanoTime() - deadline > 0) {
          return records;
        }
        boolean unused = idle.trySend(null);
        try {
          Thread.sleep(1);
        } catch (InterruptedException e) {
          throw new InterruptException(e);
        }
      }
    }
  }
}
