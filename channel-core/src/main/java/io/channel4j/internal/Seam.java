package io.channel4j.internal;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a test may stop a thread: between two steps of an operation, to show what goes on
 * meanwhile.
 *
 * <p>Off, and folded away by the compiler, unless the system property {@code io.channel4j.seam} is
 * true when this class is loaded.
 */
public final class Seam {
  /** A constant for the compiler: without the property a seam costs nothing. */
  public static final boolean ON = Boolean.getBoolean("io.channel4j.seam");

  private static volatile @Nullable Consumer<String> hook;

  private Seam() {}

  /** Calls the hook, if a test has set one, in the thread that is at the step. */
  public static void at(String step) {
    Consumer<String> h = hook;
    if (ON && h != null) {
      h.accept(step);
    }
  }

  /** Sets what to call at each step; null to stop. */
  public static void hook(@Nullable Consumer<String> h) {
    if (!ON) {
      throw new IllegalStateException("start the JVM with -Dio.channel4j.seam=true");
    }
    hook = h;
  }
}
