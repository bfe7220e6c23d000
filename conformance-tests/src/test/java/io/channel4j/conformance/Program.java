package io.channel4j.conformance;

import static io.channel4j.conformance.History.CLOSED;
import static io.channel4j.conformance.History.INTERRUPTED;
import static io.channel4j.conformance.History.NEVER;
import static io.channel4j.conformance.History.NOT_READY;
import static io.channel4j.conformance.History.PANIC;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.TryReceived;
import io.channel4j.conformance.History.Case;
import io.channel4j.conformance.History.Mode;
import io.channel4j.conformance.History.Op;
import io.channel4j.internal.ChannelBase;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import io.channel4j.select.SendCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A small random program of channel operations for a few threads, and one run of it. */
final class Program {
  /*
   * One thread watches the others: it notes which operations it has seen parked, and sees when all
   * that are left are parked, which nothing can change any more: a thread that wakes another one also
   * finishes its own operation, and so moves the clock. Then it interrupts them, and drains the
   * channels.
   */
  private static final int[] CAPACITIES =
      Pattern.compile(",")
          .splitAsStream(System.getProperty("channel4j.attack.capacities", "0,1,2,3"))
          .mapToInt(Integer::parseInt)
          .toArray();
  private static final Duration SHORT = Duration.ofNanos(20_000);
  private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int[] capacities;
  private final List<Channel<Integer>> channels = new ArrayList<>();
  private final List<List<Op>> scripts = new ArrayList<>();
  private final int interruptWhom;

  /** How many of a hundred operations are rounds of their thread's loop. */
  private final int loops;

  private final AtomicInteger clock = new AtomicInteger();

  /** Which operation each thread is in, or -1. */
  private final AtomicIntegerArray current;

  // of the watching thread
  private final List<Thread> threads = new ArrayList<>();
  private int interruptAfter;
  private int calm;
  private long deadline;

  Program(SplittableRandom random) {
    capacities = new int[random.nextInt(1, 4)];
    for (int i = 0; i < capacities.length; i++) {
      capacities[i] = CAPACITIES[random.nextInt(CAPACITIES.length)];
      channels.add(Channel.make(capacities[i], CLOSED));
    }
    int width = random.nextInt(3, 5);
    int value = 0;
    loops = random.nextBoolean() ? 15 : 50;
    for (int t = 0; t < width; t++) {
      List<Op> script = new ArrayList<>();
      // A send case keeps its place only while its value stays the same.
      boolean newValues = random.nextBoolean();
      List<Case> loop = cases(random, newValues ? 0 : 1_000 * (t + 1));
      int length = random.nextInt(3, 6);
      for (int i = 0; i < length; i++) {
        value += 10;
        script.add(op(random, loop, value));
      }
      scripts.add(script);
    }
    interruptAfter = random.nextInt(4) == 0 ? random.nextInt(2, 30) : NEVER;
    interruptWhom = random.nextInt(width);
    current = new AtomicIntegerArray(width);
  }

  private Op op(SplittableRandom random, List<Case> loop, int value) {
    int kind = random.nextInt(100);
    Mode mode =
        switch (random.nextInt(5)) {
          case 0 -> Mode.TRIES;
          case 1 -> Mode.TIMED;
          default -> Mode.WAITS;
        };
    int channel = random.nextInt(capacities.length);
    if (kind < 4) {
      return new Op("close", Mode.CLOSES, List.of(new Case(channel, false, 0)));
    }
    if (kind < 85 - loops) {
      return new Op("plain", mode, List.of(new Case(channel, random.nextBoolean(), value)));
    }
    if (kind < 100 - loops) {
      return new Op("select", mode, cases(random, value));
    }
    List<Case> again = new ArrayList<>();
    for (Case c : loop) {
      boolean isNew = c.sends() && c.value() < 1_000;
      again.add(isNew ? new Case(c.channel(), true, value + again.size()) : c);
    }
    return new Op("loop", mode, again);
  }

  private List<Case> cases(SplittableRandom random, int value) {
    List<Case> cases = new ArrayList<>();
    int n = random.nextInt(1, 4);
    for (int i = 0; i < n; i++) {
      boolean sends = random.nextBoolean();
      cases.add(new Case(random.nextInt(capacities.length), sends, sends ? value + i : 0));
    }
    return cases;
  }

  // ---- the watching thread

  void start() {
    deadline = System.nanoTime() + STUCK_NANOS;
    for (int t = 0; t < scripts.size(); t++) {
      int me = t;
      current.set(t, -1);
      threads.add(Thread.ofVirtual().unstarted(() -> perform(me)));
    }
    threads.forEach(Thread::start);
  }

  /** Looks at the threads; true if nothing moves any more. */
  boolean isAtRest() {
    int before = clock.get();
    boolean still = true;
    for (int t = 0; t < threads.size(); t++) {
      int i = current.get(t);
      Thread.State state = threads.get(t).getState();
      if (state == Thread.State.TERMINATED) {
        continue;
      }
      still &= state == Thread.State.WAITING && i >= 0;
      if (state == Thread.State.WAITING && i >= 0 && current.get(t) == i) {
        Op o = scripts.get(t).get(i);
        if (o.parked == NEVER) {
          o.parked = clock.getAndIncrement();
          still = false;
        }
      }
    }
    calm = still && clock.get() == before ? calm + 1 : 0;
    if (before >= interruptAfter) {
      interruptAfter = NEVER;
      threads.get(interruptWhom).interrupt();
      calm = 0;
    }
    if (System.nanoTime() - deadline > 0) {
      throw new AssertionError("does not come to rest:\n" + this);
    }
    return calm == 3;
  }

  /** Ends the program, which is at rest, and gives what happened. */
  History end(boolean sendersInOrder) throws InterruptedException {
    Op quiet = new Op("all", Mode.QUIET, List.of());
    quiet.invoked = clock.getAndIncrement();
    for (int t = 0; t < threads.size(); t++) {
      int i = current.get(t);
      if (i >= 0) {
        scripts.get(t).get(i).stuck = true;
      }
    }
    quiet.returned = clock.getAndIncrement();
    threads.forEach(Thread::interrupt);
    for (Thread t : threads) {
      if (!t.join(Duration.ofNanos(STUCK_NANOS))) {
        throw new AssertionError("does not listen to an interrupt:\n" + this);
      }
    }
    List<Op> all = new ArrayList<>();
    for (List<Op> script : scripts) {
      for (Op o : script) {
        if (o.returned != NEVER) {
          all.add(o);
        }
      }
    }
    all.add(quiet);
    drain(all);
    return new History(capacities, all, sendersInOrder);
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    for (int t = 0; t < threads.size(); t++) {
      Thread.State state = threads.get(t).getState();
      if (state == Thread.State.TERMINATED) {
        continue;
      }
      text.append("thread ").append(t).append(' ').append(state).append('\n');
      scripts.get(t).forEach(o -> text.append("  ").append(o).append('\n'));
      for (StackTraceElement e : threads.get(t).getStackTrace()) {
        text.append("    at ").append(e).append('\n');
      }
    }
    channels.forEach(c -> text.append(c).append('\n'));
    return text.toString();
  }

  /** What is left, and that nobody waits any more, as operations like all others. */
  private void drain(List<Op> all) throws InterruptedException {
    for (int c = 0; c < channels.size(); c++) {
      var channel = (ChannelBase<Integer>) channels.get(c);
      if (channel.waitingReceivers() + channel.waitingSenders() != 0) {
        throw new AssertionError("somebody is still in a list of " + channel);
      }
      int size = channel.len();
      for (int n = 0; ; n++) {
        Op o = new Op("plain", Mode.TRIES, List.of(new Case(c, false, 0)));
        o.invoked = clock.getAndIncrement();
        plain(channel, o);
        o.returned = clock.getAndIncrement();
        all.add(o);
        if (o.result == NOT_READY || o.got == CLOSED) {
          if (n != size) {
            throw new AssertionError(channel + " had length " + size + " and " + n + " values");
          }
          break;
        }
      }
    }
  }

  // ---- the threads

  private void perform(int me) {
    Loop loop = new Loop();
    List<Op> script = scripts.get(me);
    for (int i = 0; i < script.size(); i++) {
      Op o = script.get(i);
      current.set(me, i);
      o.invoked = clock.getAndIncrement();
      try {
        perform(o, loop);
      } catch (InterruptedException e) {
        o.result = INTERRUPTED;
      } catch (ChannelPanic e) {
        o.result = PANIC;
      }
      current.set(me, -1);
      o.returned = clock.getAndIncrement();
      if (o.stuck) {
        return;
      }
    }
  }

  private void perform(Op o, Loop loop) throws InterruptedException {
    if (o.mode == Mode.CLOSES) {
      channels.get(o.cases.get(0).channel()).close();
      o.result = 0;
    } else if (o.form.equals("plain")) {
      plain(channels.get(o.cases.get(0).channel()), o);
    } else if (o.form.equals("select")) {
      select(o);
    } else {
      loop.round(o);
    }
  }

  private static void plain(Channel<Integer> channel, Op o) throws InterruptedException {
    Case c = o.cases.get(0);
    if (c.sends()) {
      boolean sent = true;
      switch (o.mode) {
        case WAITS -> channel.send(c.value());
        case TIMED -> sent = channel.trySend(c.value(), SHORT);
        default -> sent = channel.trySend(c.value());
      }
      o.result = sent ? 0 : NOT_READY;
    } else {
      TryReceived<Integer> r =
          switch (o.mode) {
            case WAITS -> {
              var w = channel.receiveOk();
              yield new TryReceived<>(true, w.ok(), w.value());
            }
            case TIMED -> channel.tryReceive(SHORT);
            default -> channel.tryReceive();
          };
      o.result = r.isReady() ? 0 : NOT_READY;
      o.got = r.isReady() ? value(r.value(), r.ok()) : 0;
    }
  }

  private static int value(@Nullable Integer v, boolean ok) {
    if (v == null || ok == (v == CLOSED)) {
      throw new AssertionError("received " + v + ", " + ok);
    }
    return v;
  }

  private void select(Op o) throws InterruptedException {
    Select<Integer> select = Select.of();
    for (int i = 0; i < o.cases.size(); i++) {
      Case c = o.cases.get(i);
      int me = i;
      if (c.sends()) {
        select.send(channels.get(c.channel()), c.value(), () -> me);
      } else {
        select.receive(
            channels.get(c.channel()),
            (v, ok) -> {
              o.got = value(v, ok);
              return me;
            });
      }
    }
    switch (o.mode) {
      case TRIES -> select.orDefault(() -> NOT_READY);
      case TIMED -> select.onTimeout(SHORT, () -> NOT_READY);
      default -> {}
    }
    o.result = select.<RuntimeException>await();
  }

  /** A thread's one loop, which keeps its places from round to round. */
  private final class Loop {
    private final SelectLoop loop = Select.loop();
    private final List<SelectCase> handles = new ArrayList<>();

    void round(Op o) throws InterruptedException {
      for (int i = 0; i < o.cases.size(); i++) {
        Case c = o.cases.get(i);
        Channel<Integer> channel = channels.get(c.channel());
        if (handles.size() == i) {
          handles.add(c.sends() ? loop.<Integer>send(channel) : loop.<Integer>receive(channel));
        }
        if (handles.get(i) instanceof SendCase<?> s) {
          setValue(s, c.value());
        }
      }
      SelectCase chosen =
          switch (o.mode) {
            case TRIES -> loop.poll();
            case TIMED -> loop.poll(SHORT);
            default -> loop.await();
          };
      o.result = chosen == null ? NOT_READY : chosen.index();
      if (chosen instanceof ReceiveCase<?> r) {
        o.got = value((Integer) r.value(), r.ok());
      }
    }

    @SuppressWarnings("unchecked") // all elements are integers
    private static void setValue(SendCase<?> s, int value) {
      ((SendCase<Integer>) s).value(value);
    }
  }
}
