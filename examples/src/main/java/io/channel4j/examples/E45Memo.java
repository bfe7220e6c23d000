package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.SendChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A cache that one goroutine owns. It never computes: it starts goroutines that do. Go:
 * gopl.io/ch9/memo5.
 *
 * <p>Two callers who ask for one key at the same time share one computation.
 */
public final class E45Memo {
  private E45Memo() {}

  /** Asks for each argument ten times at once, else for three words. */
  public static void main(String[] args) throws InterruptedException {
    List<String> keys = args.length > 0 ? List.of(args) : List.of("channel", "select", "go");
    var computed = new AtomicInteger();
    try (var memo =
        new Memo<Integer>(
            key -> {
              computed.incrementAndGet();
              Thread.sleep(20); // a slow function
              return key.length();
            })) {
      var lengths = new ConcurrentHashMap<String, Integer>();
      Channel<Void> ended = Channel.make();
      for (int i = 0; i < 10; i++) {
        for (String key : keys) {
          go(
              () -> {
                lengths.put(key, memo.get(key));
                ended.send(null);
              });
        }
      }
      for (int i = 0; i < 10 * keys.size(); i++) {
        ended.receive();
      }
      keys.forEach(key -> System.out.println(key + " " + lengths.get(key)));
      System.out.println("asked " + 10 * keys.size() + " times, computed " + computed + " times");
    }
  }

  private interface Function<V> {
    V apply(String key) throws InterruptedException;
  }

  private static final class Memo<V> implements AutoCloseable {
    private record Request<V>(String key, SendChannel<V> response) {}

    private final Channel<Request<V>> requests = Channel.make();

    Memo(Function<V> f) {
      go(() -> serve(f));
    }

    V get(String key) throws InterruptedException {
      Channel<V> response = Channel.make();
      requests.send(new Request<>(key, response));
      return response.receive();
    }

    /** Go: {@code Close()}. A get after it panics: send on closed channel. */
    @Override
    public void close() {
      requests.close();
    }

    private void serve(Function<V> f) {
      Map<String, Entry<V>> cache = new HashMap<>(); // nobody else sees it
      for (Request<V> request : requests) {
        Entry<V> entry = cache.get(request.key);
        if (entry == null) {
          Entry<V> fresh = new Entry<>();
          cache.put(request.key, fresh);
          go(() -> fresh.compute(f, request.key));
          entry = fresh;
        }
        Entry<V> found = entry;
        go(() -> found.deliver(request.response));
      }
    }
  }

  /** A result that is there once ready is closed; the close orders the write before the reads. */
  private static final class Entry<V> {
    private final Channel<Void> ready = Channel.make();
    private V value;

    void compute(Function<V> f, String key) throws InterruptedException {
      value = f.apply(key);
      ready.close();
    }

    void deliver(SendChannel<V> response) throws InterruptedException {
      ready.receive();
      response.send(value);
    }
  }
}
