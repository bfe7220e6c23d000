package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.ChannelPanic;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.SelectOracle;
import io.channel4j.conformance.support.SelectOracle.Chan;
import io.channel4j.conformance.support.SelectOracle.Op;
import io.channel4j.conformance.support.SelectOracle.Peer;
import io.channel4j.conformance.support.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random selects against a sequential model. Answers to TestSelect of reflect/all_test.go.
 *
 * <p>A program is up to five channels (nil, closed, unbuffered, buffered, anything between empty
 * and full), a select of 0 to 8 cases over them with duplicates, and a few steps: a round of the
 * select, with a default, with a timeout, or blocking; another goroutine that comes and waits in a
 * plain operation or a select of its own; an operation of a third party that serves whoever waits;
 * an interrupt. After every step the outcomes and the channels are what {@link SelectOracle}
 * allows.
 *
 * <p>The seed is random. To run a failing program again, alone, take the seed from the message:
 * {@code -Dio.channel4j.select.seed=N}.
 */
class SelectOracleTest {
  private static final String SEED = "io.channel4j.select.seed";
  private static final int PROGRAMS = 4_000;

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void randomPrograms(SelectForm form, ThreadKind kind) {
    Long replay = Long.getLong(SEED);
    long first = replay != null ? replay : new Random().nextLong() >>> 16;
    int programs = replay != null ? 1 : kind == ThreadKind.VIRTUAL ? PROGRAMS : PROGRAMS / 10;
    System.out.printf("SelectOracleTest: %s, %s, seeds from %d%n", form, kind, first);
    int selects = 0;
    for (long seed = first; seed < first + programs; seed++) {
      var program = new Program(seed, form, kind);
      try {
        program.run();
      } catch (Throwable t) {
        throw new AssertionError(
            "-D%s=%d (%s, %s) failed: %s%n%s".formatted(SEED, seed, form, kind, t, program.log), t);
      }
      selects += program.selects;
    }
    assertTrue(replay != null || selects > 2 * programs, selects + " selects");
  }

  /** One random program. */
  private static final class Program {
    final Random random;
    final SelectForm form;
    final ThreadKind kind;
    final StringBuilder log = new StringBuilder();
    final SelectOracle oracle = new SelectOracle();

    /** The cases of the select under test, and the select. */
    final List<Op> cases = new ArrayList<>();

    final Statement select;

    /** The select under test while it waits. */
    @Nullable Peer waiting;

    int selects;
    private int nextValue = 1;

    Program(long seed, SelectForm form, ThreadKind kind) {
      this.random = new Random(seed);
      this.form = form;
      this.kind = kind;
      int channels = 1 + random.nextInt(5);
      for (int i = 0; i < channels; i++) {
        addChannel();
      }
      int n = random.nextInt(9);
      for (int i = 0; i < n; i++) {
        cases.add(randomOp());
      }
      select = statement(form, cases);
      log("cases " + cases);
    }

    void log(String line) {
      log.append(line).append('\n');
    }

    private void addChannel() {
      if (random.nextInt(6) == 0) {
        log("channel " + oracle.addNil(random.nextBoolean()));
        return;
      }
      int capacity = new int[] {0, 0, 0, 1, 2, 3, 10}[random.nextInt(7)];
      Chan c = oracle.add(capacity);
      int fill = random.nextInt(3) == 0 ? capacity : random.nextInt(capacity + 1);
      for (int i = 0; i < fill; i++) {
        oracle.fill(c, nextValue++);
      }
      if (random.nextInt(5) == 0) {
        oracle.closeQuiet(c);
      }
      log("channel " + c);
    }

    private Op randomOp() {
      Chan c = oracle.channels().get(random.nextInt(oracle.channels().size()));
      return random.nextBoolean() ? Op.receive(c) : Op.send(c, nextValue++);
    }

    private static Statement statement(SelectForm form, List<Op> cases) {
      Statement s = form.statement();
      for (Op op : cases) {
        if (op.isSend()) {
          s.send(op.channel().real(), op.value());
        } else {
          s.receive(op.channel().real());
        }
      }
      return s;
    }

    void run() throws InterruptedException {
      try (var g = new Goroutines(kind)) {
        int steps = 3 + random.nextInt(8);
        for (int i = 0; i < steps; i++) {
          step(g);
          oracle.verify(g);
        }
        if (waiting != null) {
          interrupt(g);
        }
        oracle.end(g);
      }
    }

    private void step(Goroutines g) throws InterruptedException {
      int what = random.nextInt(10);
      if (waiting != null) {
        if (what < 8) {
          thirdParty(g);
        } else {
          interrupt(g);
        }
      } else if (what < 5) {
        round(g);
      } else if (what < 8) {
        newPeer(g);
      } else {
        thirdParty(g);
      }
    }

    // ---- the select under test

    private void round(Goroutines g) throws InterruptedException {
      selects++;
      List<Integer> ready = oracle.ready(cases);
      int how = random.nextInt(3);
      boolean blocks = ready.isEmpty() && how == 0;
      log("round, ready " + ready + (how == 0 ? "" : how == 1 ? " with default" : " timed"));
      if (blocks) {
        waiting = oracle.park(g, cases, form == SelectForm.LOOP, select::await);
        return;
      }
      Choice c;
      try {
        c =
            switch (how) {
              case 0 -> select.await();
              case 1 -> select.poll();
              default -> select.await(Duration.ZERO);
            };
      } catch (ChannelPanic.SendOnClosed e) {
        log("panicked");
        assertTrue(
            ready.stream().anyMatch(i -> cases.get(i).panics()), "panicked, but no case may");
        return;
      }
      log("chose " + c);
      if (ready.isEmpty()) {
        assertTrue(c.isDefault(), "chose a case that is not ready: " + c);
        return;
      }
      assertTrue(ready.contains(c.index()), "chose " + c + " of the ready " + ready);
      Op op = cases.get(c.index());
      assertTrue(!op.panics(), "should have panicked");
      oracle.apply(g, op, c.value(), c.ok());
    }

    private void interrupt(Goroutines g) {
      Peer p = waiting;
      if (p != null) {
        log("interrupt");
        oracle.interrupt(g, p);
        waiting = null;
      }
    }

    // ---- the others

    private void newPeer(Goroutines g) {
      List<Op> ops = new ArrayList<>();
      int n = 1 + random.nextInt(3);
      for (int i = 0; i < n; i++) {
        ops.add(randomOp());
      }
      if (!oracle.ready(ops).isEmpty() || ops.stream().allMatch(op -> op.channel().isNil())) {
        return;
      }
      boolean plain = n == 1 && random.nextBoolean();
      log((plain ? "plain " : "peer ") + ops);
      SelectForm peerForm = random.nextBoolean() ? SelectForm.ONE_SHOT : SelectForm.LOOP;
      Statement s = statement(peerForm, ops);
      Peer unused = oracle.park(g, ops, false, plain ? () -> plain(ops.get(0)) : s::await);
    }

    private static Choice plain(Op op) throws InterruptedException {
      var c = op.channel().real();
      if (c == null) {
        throw new AssertionError("a plain operation on null");
      }
      if (op.isSend()) {
        c.send(op.value());
        return new Choice(0, null, true);
      }
      var r = c.receiveOk();
      return new Choice(0, r.value(), r.ok());
    }

    private void thirdParty(Goroutines g) {
      Op op = randomOp();
      if (op.channel().isNil()) {
        return;
      }
      if (random.nextInt(6) == 0) {
        log("close " + op.channel());
        oracle.close(g, op.channel());
      } else {
        log("try " + op);
        oracle.tryIt(g, op);
      }
      Peer p = waiting;
      if (p != null && p.isServed()) {
        log("served");
        waiting = null;
      }
    }
  }

  /** The oracle itself, on a program whose outcomes can be checked by hand. */
  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.SelectForm#formsAndKinds")
  void theOracleKnowsItsGo(SelectForm form, ThreadKind kind) throws InterruptedException {
    var oracle = new SelectOracle();
    Chan buffered = oracle.add(1);
    Chan closed = oracle.add(0);
    Chan nil = oracle.addNil(true);
    oracle.closeQuiet(closed);
    List<Op> cases =
        List.of(
            Op.receive(buffered),
            Op.send(buffered, 1),
            Op.receive(closed),
            Op.send(closed, 2),
            Op.receive(nil),
            Op.send(nil, 3));
    assertEquals(List.of(1, 2, 3), oracle.ready(cases));
    oracle.fill(buffered, 7);
    assertEquals(List.of(0, 2, 3), oracle.ready(cases));
    try (var g = new Goroutines(kind)) {
      Statement s = form.statement().send(buffered.real(), 8);
      Peer p = oracle.park(g, List.of(Op.send(buffered, 8)), false, s::await);
      oracle.tryIt(g, Op.receive(buffered));
      assertTrue(p.isServed());
      oracle.verify(g);
      oracle.end(g);
    }
  }
}
