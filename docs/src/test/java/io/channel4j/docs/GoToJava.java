package io.channel4j.docs;

import static io.channel4j.go.Go.go;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.Received;
import io.channel4j.SendChannel;
import io.channel4j.TryReceived;
import io.channel4j.context.Context;
import io.channel4j.go.Go;
import io.channel4j.select.Select;
import io.channel4j.signal.Signal;
import io.channel4j.signal.Signals;
import io.channel4j.sync.ErrGroup;
import io.channel4j.sync.Once;
import io.channel4j.sync.OnceValue;
import io.channel4j.sync.WaitGroup;
import io.channel4j.time.Time;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;

/** What the README's table says in Java, row by row; {@link ReadmeTest} compares. */
@NullUnmarked
final class GoToJava {
  private GoToJava() {}

  static <T> void make() {
    Channel<T> unbuffered = Channel.make();
    Channel<T> buffered = Channel.make(16);
    Channel<Integer> zero = Channel.make(16, 0);
    Channel<Void> done = Channel.make();
    Channel<T> nil = Channel.nil();
  }

  static <T> void use(Channel<T> ch, T x) throws InterruptedException {
    ch.send(x);
    T v = ch.receive();
    ch.receive();
    Received<T> r = ch.receiveOk();
    use(r.value());
    use(r.ok());
    for (T each : ch) {
      use(each);
    }
    ch.range(each -> use(each));
    ch.close();
    use(ch.len());
    use(ch.cap());
    SendChannel<T> out = ch;
    ReceiveChannel<T> in = ch;
  }

  static <T> void tryOperations(Channel<T> ch, T x, Duration d) throws InterruptedException {
    TryReceived<T> r = ch.tryReceive();
    use(r.isReady());
    use(r.ok());
    use(r.value());
    use(ch.trySend(x));
    use(ch.tryReceive(d));
    use(ch.trySend(x, d));
  }

  static <T> void once(Channel<T> a, Channel<T> b, Channel<T> c, T x, Duration d)
      throws InterruptedException {
    String s =
        Select.<String>of()
            .receive(a, v -> "a gave " + v)
            .receive(b, (v, ok) -> ok ? "b gave " + v : "b is closed")
            .send(c, x, () -> "sent")
            .orDefault(() -> "nothing is ready")
            .await();
    Select.<String>of().receive(a, () -> "a").onTimeout(d, () -> "late").await();
    Select.of().await();
  }

  static <T> void loop(Channel<T> a, Channel<T> b, Channel<T> c, T x, Duration d)
      throws InterruptedException {
    var select = Select.loop();
    var fromA = select.receive(a);
    var toC = select.send(c, x);
    loop:
    for (; ; ) {
      var chosen = select.await();
      if (chosen == fromA && !fromA.ok()) {
        fromA.disable();
        continue;
      }
      if (chosen == fromA) {
        use(fromA.value());
        toC.value(x);
        break loop;
      }
      fromA.enable();
      fromA.channel(b);
      switch (select.await().index()) {
        case 0 -> use(fromA.value());
        default -> use(null);
      }
      var ready = select.poll();
      ready = select.poll(d);
    }
  }

  static <T> void list(List<Channel<T>> inputs) throws InterruptedException {
    var select = Select.loop();
    for (var input : inputs) {
      select.receive(input);
    }
    int i = select.await().index();
  }

  static void goroutines() {
    go(() -> f());
    Go.main(() -> program());
  }

  static void sync() throws Exception {
    var wg = new WaitGroup();
    wg.go(() -> f());
    wg.await();
    List<Object> once = List.of(new Once(), new OnceValue<>(() -> load()));
    use(once);
  }

  static void context(Context ctx, Duration d) throws Exception {
    try (var group = ErrGroup.withContext(ctx)) {
      group.go(() -> f());
      group.await();
    }
    try (var timed = Context.withTimeout(ctx, d)) {
      Object why =
          Select.of().receive(ctx.done(), v -> ctx.err()).receive(timed.done(), v -> null).await();
      use(why);
    }
  }

  static void time(Channel<Signal> c, Duration d) {
    use(List.of(Time.after(d), Time.newTicker(d).c()));
    Signals.notify(c, Signal.INT);
  }

  private static void f() {}

  private static void program() {}

  private static String load() {
    return "";
  }

  private static void use(Object value) {}
}
