package io.channel4j.examples;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.Received;
import io.channel4j.select.Select;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A map that only one goroutine touches. Others send it functions to run.
 *
 * <p>The literal map has a trap: after its cancel an update waits for ever, because nobody receives
 * it. In the repaired one every send has the done channel beside it.
 */
public final class E21ActorMap {
  private E21ActorMap() {}

  /** Writes, reads, cancels, and writes once more. */
  public static void main(String[] args) throws InterruptedException {
    var map = new LiteralMap();
    map.update("ichigo", 18);
    map.update("rukia", 233);
    System.out.println(map.read("rukia") + ", " + map.read("renji"));
    map.close();
    var late = go(() -> map.update("rukia", 234));
    while (late.state().equals("running")) {
      Thread.sleep(10);
    }
    System.out.println("literal: the late update waits in " + late.state());

    var repaired = new RepairedMap();
    System.out.println("update: " + repaired.update("rukia", 233));
    System.out.println(repaired.read("rukia") + ", " + repaired.read("renji"));
    repaired.close();
    System.out.println("repaired: the late update: " + repaired.update("rukia", 234));
  }

  /** Go: {@code type ConcurrentMap1 chan func(map[string]int)}. */
  private static final class LiteralMap implements AutoCloseable {
    private final Channel<Consumer<Map<String, Integer>>> requests = Channel.make();
    private final Channel<Void> done = Channel.make();

    LiteralMap() {
      go(() -> manage(requests, done));
    }

    void update(String name, int value) throws InterruptedException {
      requests.send(m -> m.put(name, value));
    }

    Received<Integer> read(String name) throws InterruptedException {
      Channel<Received<Integer>> answer = Channel.make(1); // so that the manager never waits
      requests.send(m -> answer.trySend(find(m, name)));
      return answer.receive();
    }

    @Override
    public void close() {
      done.close();
    }
  }

  /** An update tells whether it took place, and a read whether there was anyone to ask. */
  private static final class RepairedMap implements AutoCloseable {
    private final Channel<Consumer<Map<String, Integer>>> requests = Channel.make();
    private final Channel<Void> done = Channel.make();

    RepairedMap() {
      go(() -> manage(requests, done));
    }

    boolean update(String name, int value) throws InterruptedException {
      return submit(m -> m.put(name, value));
    }

    Received<Integer> read(String name) throws InterruptedException {
      Channel<Received<Integer>> answer = Channel.make(1);
      return submit(m -> answer.trySend(find(m, name)))
          ? answer.receive()
          : new Received<>(0, false);
    }

    // snippet:submit
    private boolean submit(Consumer<Map<String, Integer>> request) throws InterruptedException {
      return Select.<Boolean>of()
          .send(requests, request, () -> true)
          .receive(done, () -> false)
          .await();
    }

    // end:submit

    @Override
    public void close() {
      done.close();
    }
  }

  /** The map never leaves this goroutine, so it needs no lock. */
  // snippet:manage
  private static void manage(
      ReceiveChannel<Consumer<Map<String, Integer>>> requests, ReceiveChannel<Void> done)
      throws InterruptedException {
    var map = new HashMap<String, Integer>();
    var select = Select.loop();
    var request = select.receive(requests);
    var stop = select.receive(done);
    while (select.await() != stop) {
      request.value().accept(map);
    }
  }

  // end:manage

  /** Go: {@code v, ok := m[name]}. */
  private static Received<Integer> find(Map<String, Integer> map, String name) {
    return new Received<>(map.getOrDefault(name, 0), map.containsKey(name));
  }
}
