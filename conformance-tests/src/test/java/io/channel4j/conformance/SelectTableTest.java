package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.Received;
import io.channel4j.conformance.support.Goroutines;
import io.channel4j.conformance.support.SelectForm;
import io.channel4j.conformance.support.SelectForm.Choice;
import io.channel4j.conformance.support.SelectForm.Statement;
import io.channel4j.conformance.support.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What must block, what must panic and what must do neither: operations and selects on channels
 * that are nil, closed, empty, full, or the select's own. Answers to test/chan/select3.go, row by
 * row, and to TestSelectNop of reflect/all_test.go.
 *
 * <p>That a row blocks is shown by its state: the thread is parked, and the library says what it
 * waits for. That it is not stuck otherwise is shown by an interrupt, which ends it.
 */
class SelectTableTest {

  /** What must become of a row. */
  sealed interface Expect {}

  /** It parks, with this reason. */
  record Blocks(String reason) implements Expect {}

  /** It throws "send on closed channel". */
  record Panics() implements Expect {}

  /** It returns this case, or the default. */
  record Chooses(int index) implements Expect {}

  private static final Expect BLOCKS = new Blocks("select");
  private static final Expect PANICS = new Panics();
  private static final Expect DEFAULT = new Chooses(Choice.DEFAULT);

  /** Builds the cases of a row. */
  interface Cases {
    void addTo(Statement s);
  }

  /** A select, with and without a default. */
  record Row(String name, Expect plain, Expect withDefault, Cases cases) {
    @Override
    public String toString() {
      return name;
    }
  }

  // ---- channels

  private static Channel<Integer> empty(int capacity) {
    return Channel.make(capacity, 0);
  }

  private static Channel<Integer> holding(int capacity, int... values) {
    Channel<Integer> c = empty(capacity);
    for (int v : values) {
      assertTrue(c.trySend(v));
    }
    return c;
  }

  private static Channel<Integer> closed(int capacity, int... values) {
    Channel<Integer> c = holding(capacity, values);
    c.close();
    return c;
  }

  // ---- the table of selects

  private static Expect chooses(int index) {
    return new Chooses(index);
  }

  private static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.add(new Row("no cases", new Blocks("select (no cases)"), DEFAULT, s -> {}));
    nilRows(rows);
    openRows(rows);
    closedRows(rows);
    selfRows(rows);
    return rows;
  }

  private static void nilRows(List<Row> rows) {
    for (Channel<Integer> nil : new NilAndNull()) {
      String name = nil == null ? "null" : "nil";
      rows.add(new Row("receive from " + name, BLOCKS, DEFAULT, s -> s.receive(nil)));
      rows.add(new Row("send to " + name, BLOCKS, DEFAULT, s -> s.send(nil, 7)));
      rows.add(
          new Row(
              "receive from and send to " + name,
              BLOCKS,
              DEFAULT,
              s -> s.receive(nil).send(nil, 7)));
      rows.add(
          new Row(
              name + " beside a channel that is not ready",
              BLOCKS,
              DEFAULT,
              s -> s.receive(nil).receive(empty(0)).send(nil, 7)));
      rows.add(
          new Row(
              name + " beside a ready channel",
              chooses(1),
              chooses(1),
              s -> s.send(nil, 7).receive(holding(1, 42)).receive(nil)));
    }
  }

  /** Both are Go's nil. */
  private static final class NilAndNull implements Iterable<@Nullable Channel<Integer>> {
    @Override
    public java.util.Iterator<@Nullable Channel<Integer>> iterator() {
      var both = new ArrayList<@Nullable Channel<Integer>>();
      both.add(null);
      both.add(Channel.nil());
      return both.iterator();
    }
  }

  private static void openRows(List<Row> rows) {
    for (int n : new int[] {0, 1, 2, 3, 10}) {
      int[] full = Stream.iterate(1, i -> i + 1).limit(n).mapToInt(i -> i).toArray();
      String of = " of capacity " + n;
      rows.add(new Row("receive from empty" + of, BLOCKS, DEFAULT, s -> s.receive(empty(n))));
      rows.add(new Row("send to full" + of, BLOCKS, DEFAULT, s -> s.send(holding(n, full), 7)));
      rows.add(
          new Row(
              "receive from empty and send to full" + of,
              BLOCKS,
              DEFAULT,
              s -> s.receive(empty(n)).send(holding(n, full), 7)));
      if (n == 0) {
        continue;
      }
      rows.add(new Row("send to empty" + of, chooses(0), chooses(0), s -> s.send(empty(n), 7)));
      rows.add(
          new Row(
              "receive from full" + of, chooses(0), chooses(0), s -> s.receive(holding(n, full))));
      rows.add(
          new Row(
              "the one ready case of three" + of,
              chooses(1),
              chooses(1),
              s -> s.receive(empty(n)).send(empty(n), 7).send(holding(n, full), 8)));
    }
  }

  private static void closedRows(List<Row> rows) {
    for (int n : new int[] {0, 1, 2, 3, 10}) {
      String of = " of capacity " + n;
      rows.add(
          new Row("receive from closed" + of, chooses(0), chooses(0), s -> s.receive(closed(n))));
      rows.add(new Row("send to closed" + of, PANICS, PANICS, s -> s.send(closed(n), 7)));
      rows.add(
          new Row(
              "send to closed beside cases that are not ready" + of,
              PANICS,
              PANICS,
              s -> s.receive(null).send(closed(n), 7).receive(empty(n))));
      if (n > 0) {
        rows.add(
            new Row(
                "receive from closed and not drained" + of,
                chooses(0),
                chooses(0),
                s -> s.receive(closed(n, 1))));
        rows.add(
            new Row("send to closed with room" + of, PANICS, PANICS, s -> s.send(closed(n, 1), 7)));
      }
    }
  }

  private static void selfRows(List<Row> rows) {
    rows.add(
        new Row(
            "both ends of one unbuffered channel",
            BLOCKS,
            DEFAULT,
            s -> {
              Channel<Integer> c = empty(0);
              s.send(c, 1).receive(c);
            }));
    rows.add(
        new Row(
            "both ends of one unbuffered channel, many times",
            BLOCKS,
            DEFAULT,
            s -> {
              Channel<Integer> c = empty(0);
              s.receive(c).send(c, 1).receive(c).send(c, 2).send(c, 3).receive(c);
            }));
    rows.add(
        new Row(
            "both ends of one empty buffered channel",
            chooses(0),
            chooses(0),
            s -> {
              Channel<Integer> c = empty(2);
              s.send(c, 1).receive(c);
            }));
    rows.add(
        new Row(
            "both ends of one full buffered channel",
            chooses(1),
            chooses(1),
            s -> {
              Channel<Integer> c = holding(2, 1, 2);
              s.send(c, 1).receive(c);
            }));
  }

  static Stream<Arguments> table() {
    return rows().stream()
        .flatMap(r -> SelectForm.formsAndKinds().map(a -> Arguments.of(r, a.get()[0], a.get()[1])));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("table")
  void withoutDefault(Row row, SelectForm form, ThreadKind kind) {
    Statement s = form.statement();
    row.cases().addTo(s);
    verify(row.plain(), kind, () -> s.await().index());
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("table")
  void withDefault(Row row, SelectForm form, ThreadKind kind) {
    Statement s = form.statement();
    row.cases().addTo(s);
    verify(row.withDefault(), kind, () -> s.poll().index());
  }

  private static void verify(Expect expect, ThreadKind kind, Goroutines.Work<Integer> work) {
    try (var g = new Goroutines(kind)) {
      var outcome = g.call(work);
      switch (expect) {
        case Chooses(int index) -> assertEquals(index, outcome.get());
        case Panics() ->
            assertEquals(
                "send on closed channel",
                outcome.thrown(ChannelPanic.SendOnClosed.class).getMessage());
        case Blocks(String reason) -> {
          Thread t = outcome.thread();
          g.until(
              "the reason " + reason,
              () -> {
                assertTrue(t.isAlive(), "should block for ever, but it ended");
                return reason.equals(String.valueOf(LockSupport.getBlocker(t)));
              });
          g.awaitParked(t);
          t.interrupt();
          outcome.thrown(InterruptedException.class);
        }
      }
    }
  }

  // ---- the rows of select3 that are no selects

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void plainOperationsOnNil(ThreadKind kind) {
    Channel<Integer> nil = Channel.nil();
    verify(
        new Blocks("chan send (nil chan)"),
        kind,
        () -> {
          nil.send(7);
          return 0;
        });
    verify(
        new Blocks("chan receive (nil chan)"),
        kind,
        () -> {
          nil.receive();
          return 0;
        });
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void plainOperationsThatBlock(ThreadKind kind) {
    for (int n : new int[] {0, 1, 3}) {
      int[] full = Stream.iterate(1, i -> i + 1).limit(n).mapToInt(i -> i).toArray();
      verify(
          new Blocks("chan receive"),
          kind,
          () -> {
            empty(n).receive();
            return 0;
          });
      verify(
          new Blocks("chan send"),
          kind,
          () -> {
            holding(n, full).send(7);
            return 0;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void plainOperationsThatDoNotBlock(ThreadKind kind) {
    verify(
        chooses(1),
        kind,
        () -> {
          Channel<Integer> c = empty(1);
          c.send(7);
          return c.len();
        });
    verify(
        DEFAULT,
        kind,
        () -> {
          Channel<Integer> c = closed(0);
          for (int i = 0; i < 10; i++) {
            assertEquals(0, c.receive());
            assertEquals(new Received<>(0, false), c.receiveOk());
          }
          return Choice.DEFAULT;
        });
    verify(
        PANICS,
        kind,
        () -> {
          closed(0).send(7);
          return 0;
        });
  }

  /** A closed channel gives its zero value and not ok, through both forms, again and again. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void closedGivesZero(SelectForm form) throws InterruptedException {
    Statement withZero = form.statement().receive(closed(1));
    Channel<Integer> none = Channel.make();
    none.close();
    Statement withNull = form.statement().receive(none);
    for (int i = 0; i < 10; i++) {
      assertEquals(new Choice(0, 0, false), withZero.await());
      assertEquals(new Choice(0, 0, false), withZero.poll());
      assertNull(withNull.await().value());
      assertEquals(new Choice(0, null, false), withNull.poll());
    }
  }

  /** Answers to TestSelectNop of reflect/all_test.go. */
  @ParameterizedTest
  @EnumSource(SelectForm.class)
  void onlyADefaultTakesIt(SelectForm form) {
    Statement s = form.statement();
    for (int i = 0; i < 100; i++) {
      assertTrue(s.poll().isDefault());
    }
  }
}
