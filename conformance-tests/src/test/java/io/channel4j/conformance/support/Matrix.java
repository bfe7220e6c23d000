package io.channel4j.conformance.support;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Products of capacities, kinds of thread and operators, as parameters of tests. */
public final class Matrix {
  private static final int[] CAPACITIES = {0, 1, 2, 3, 10};

  private Matrix() {}

  /** Arguments (int capacity, ThreadKind kind, Operators operators); see {@link MatrixTest}. */
  public static Stream<Arguments> all() {
    return capacitiesAndKinds()
        .flatMap(
            a ->
                Arrays.stream(Operators.values())
                    .map(o -> Arguments.of(a.get()[0], a.get()[1], o)));
  }

  /** As {@link #all}, without capacity 0. */
  public static Stream<Arguments> buffered() {
    return all().filter(a -> !Objects.equals(a.get()[0], 0));
  }

  /** Arguments (int capacity, ThreadKind kind). */
  public static Stream<Arguments> capacitiesAndKinds() {
    return IntStream.of(CAPACITIES)
        .boxed()
        .flatMap(c -> Arrays.stream(ThreadKind.values()).map(k -> Arguments.of(c, k)));
  }

  /** Arguments (int capacity, Operators operators). */
  public static Stream<Arguments> capacitiesAndOperators() {
    return IntStream.of(CAPACITIES)
        .boxed()
        .flatMap(c -> Arrays.stream(Operators.values()).map(o -> Arguments.of(c, o)));
  }

  /** Arguments (ThreadKind kind, Operators operators). */
  public static Stream<Arguments> kindsAndOperators() {
    return Arrays.stream(ThreadKind.values())
        .flatMap(k -> Arrays.stream(Operators.values()).map(o -> Arguments.of(k, o)));
  }

  /** Argument (Operators operators). */
  public static Stream<Operators> operators() {
    return Arrays.stream(Operators.values());
  }

  /** Argument (ThreadKind kind). */
  public static Stream<ThreadKind> kinds() {
    return Arrays.stream(ThreadKind.values());
  }

  /** Argument (int capacity). */
  public static IntStream capacities() {
    return IntStream.of(CAPACITIES);
  }
}
