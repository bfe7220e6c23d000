package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two increments of one counter see different values: shows that the launcher runs tests. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "The first actor came first.")
@Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "The second actor came first.")
@State
public class SmokeStress {
  private final AtomicInteger counter = new AtomicInteger();

  @Actor
  public void first(II_Result r) {
    r.r1 = counter.incrementAndGet();
  }

  @Actor
  public void second(II_Result r) {
    r.r2 = counter.incrementAndGet();
  }
}
