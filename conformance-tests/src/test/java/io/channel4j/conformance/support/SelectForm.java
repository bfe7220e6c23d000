package io.channel4j.conformance.support;

import io.channel4j.ReceiveChannel;
import io.channel4j.SendChannel;
import io.channel4j.select.ReceiveCase;
import io.channel4j.select.Select;
import io.channel4j.select.SelectCase;
import io.channel4j.select.SelectLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** The two forms of select, made to run the same list of cases, so that one script tests both. */
public enum SelectForm {
  /** A fresh {@link Select} for every round. */
  ONE_SHOT {
    @Override
    public Statement statement() {
      return new OneShot();
    }
  },

  /** One {@link SelectLoop} for all rounds of a statement, which keeps its places between them. */
  LOOP {
    @Override
    public Statement statement() {
      return new Loop();
    }
  };

  /** A select statement without cases, for one thread. */
  public abstract Statement statement();

  /** Arguments (SelectForm form, ThreadKind kind). */
  public static Stream<Arguments> formsAndKinds() {
    return Arrays.stream(values())
        .flatMap(f -> Arrays.stream(ThreadKind.values()).map(k -> Arguments.of(f, k)));
  }

  /** Arguments (int capacity, SelectForm form). */
  public static Stream<Arguments> capacitiesAndForms() {
    return Matrix.capacities()
        .boxed()
        .flatMap(c -> Arrays.stream(values()).map(f -> Arguments.of(c, f)));
  }

  /** Arguments (int capacity, SelectForm form, ThreadKind kind). */
  public static Stream<Arguments> all() {
    return Matrix.capacities()
        .boxed()
        .flatMap(c -> formsAndKinds().map(a -> Arguments.of(c, a.get()[0], a.get()[1])));
  }

  /**
   * What one round of a select chose.
   *
   * @param index the number of the case, or {@link #DEFAULT}
   * @param value what it received; null for a send
   * @param ok whether the value was sent; true for a send
   */
  public record Choice(int index, @Nullable Object value, boolean ok) {
    /** Go's default, and the end of a timeout. */
    public static final int DEFAULT = -1;

    static final Choice NONE = new Choice(DEFAULT, null, false);

    static Choice sent(int index) {
      return new Choice(index, null, true);
    }

    public boolean isDefault() {
      return index == DEFAULT;
    }
  }

  /** A select statement: cases in source order, and any number of rounds. */
  public interface Statement {
    Statement receive(@Nullable ReceiveChannel<? extends @Nullable Object> channel);

    <T extends @Nullable Object> Statement send(@Nullable SendChannel<? super T> channel, T value);

    /** Go's select without a default. */
    Choice await() throws InterruptedException;

    /** With a timeout. */
    Choice await(Duration timeout) throws InterruptedException;

    /** Go's select with a default. */
    Choice poll();

    /** Not Go's: prefers the first case. */
    Statement biased();
  }

  private static final class OneShot implements Statement {
    private final List<Consumer<Select<Choice>>> cases = new ArrayList<>();
    private boolean biased;

    @Override
    public Statement receive(@Nullable ReceiveChannel<? extends @Nullable Object> channel) {
      int i = cases.size();
      cases.add(s -> s.receive(channel, (v, ok) -> new Choice(i, v, ok)));
      return this;
    }

    @Override
    public <T extends @Nullable Object> Statement send(
        @Nullable SendChannel<? super T> channel, T value) {
      int i = cases.size();
      cases.add(s -> s.<T>send(channel, value, () -> Choice.sent(i)));
      return this;
    }

    @Override
    public Statement biased() {
      biased = true;
      return this;
    }

    private Select<Choice> fresh() {
      Select<Choice> select = Select.of();
      cases.forEach(c -> c.accept(select));
      return biased ? select.biased() : select;
    }

    @Override
    public Choice await() throws InterruptedException {
      return fresh().<RuntimeException>await();
    }

    @Override
    public Choice await(Duration timeout) throws InterruptedException {
      return fresh().onTimeout(timeout, () -> Choice.NONE).<RuntimeException>await();
    }

    @Override
    public Choice poll() {
      try {
        return fresh().orDefault(() -> Choice.NONE).<RuntimeException>await();
      } catch (InterruptedException e) {
        throw new AssertionError("a select with a default looked at the interrupt status", e);
      }
    }
  }

  private static final class Loop implements Statement {
    private final SelectLoop loop = Select.loop();
    private int size;

    private void added(SelectCase c) {
      if (c.index() != size++) {
        throw new AssertionError("case " + (size - 1) + " has the index " + c.index());
      }
    }

    @Override
    public Statement receive(@Nullable ReceiveChannel<? extends @Nullable Object> channel) {
      added(loop.<@Nullable Object>receive(channel));
      return this;
    }

    @Override
    public <T extends @Nullable Object> Statement send(
        @Nullable SendChannel<? super T> channel, T value) {
      added(loop.<T>send(channel, value));
      return this;
    }

    @Override
    public Statement biased() {
      SelectLoop unused = loop.biased();
      return this;
    }

    private static Choice choice(@Nullable SelectCase chosen) {
      if (chosen == null) {
        return Choice.NONE;
      }
      return chosen instanceof ReceiveCase<?> r
          ? new Choice(r.index(), r.value(), r.ok())
          : Choice.sent(chosen.index());
    }

    @Override
    public Choice await() throws InterruptedException {
      return choice(loop.await());
    }

    @Override
    public Choice await(Duration timeout) throws InterruptedException {
      return choice(loop.poll(timeout));
    }

    @Override
    public Choice poll() {
      return choice(loop.poll());
    }
  }
}
