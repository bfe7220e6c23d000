package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/** Two threads go through many things, side by side, and fight for each of them. */
final class SideBySide {
  /** The two counters are far apart, each in a cache line of its own. */
  private static final int STRIDE = 16;

  private final AtomicIntegerArray at = new AtomicIntegerArray(2 * STRIDE);

  /** Whether the i-th one has come to what the two threads say. */
  interface Check {
    boolean isRight(int i, boolean one, boolean other);
  }

  void run(int many, IntPredicate one, IntPredicate other, Check check)
      throws InterruptedException, ExecutionException {
    at.set(0, -1);
    at.set(STRIDE, -1);
    boolean[] mine;
    boolean[] theirs;
    try (var pool = Executors.newFixedThreadPool(1)) {
      var others = pool.submit(() -> all(many, STRIDE, other));
      mine = all(many, 0, one);
      theirs = others.get();
    }
    for (int i = 0; i < many; i++) {
      boolean isRight = check.isRight(i, mine[i], theirs[i]);
      assertTrue(isRight, "%d: one says %s, the other %s".formatted(i, mine[i], theirs[i]));
    }
  }

  /** Begins each step when the other thread does. */
  private boolean[] all(int many, int me, IntPredicate step) {
    boolean[] said = new boolean[many];
    for (int i = 0; i < many; i++) {
      at.set(me, i);
      for (int n = 1; at.get(STRIDE - me) < i; n++) {
        if (n % 1_000 == 0) {
          LockSupport.parkNanos(1_000); // the other one may need this core
        }
      }
      said[i] = step.test(i);
    }
    return said;
  }
}
