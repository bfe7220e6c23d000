package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.sync.WaitGroup;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * What happens before a done happens before the return of an await that it lets go: whoever has
 * waited sees what all had written, and nobody waits for ever.
 *
 * <p>Go: NoRaceWaitGroup and its neighbours in race/testdata.
 */
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "All were done, and what they wrote is there.")
@Outcome(id = "-1, -1", expect = ACCEPTABLE, desc = "The time passed: nothing is promised.")
@Outcome(expect = FORBIDDEN, desc = "Too early, or what was written is not there.")
public final class DoneBeforeAwait {
  private DoneBeforeAwait() {}

  abstract static class Shared {
    final WaitGroup wg = new WaitGroup();
    int one;
    int two;

    Shared(int count) {
      wg.add(count);
    }

    final void await(II_Result r) {
      boolean unused = await(Ops.EVER);
      see(r);
    }

    final boolean await(Duration time) {
      try {
        return wg.await(time);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    final void see(II_Result r) {
      r.r1 = one;
      r.r2 = two;
    }
  }

  /** Two are done, the third waits. */
  @JCStressTest
  @JCStressMeta(DoneBeforeAwait.class)
  @State
  public static class TwoDone extends Shared {
    public TwoDone() {
      super(2);
    }

    @Actor
    public void first() {
      one = 1;
      wg.done();
    }

    @Actor
    public void second() {
      two = 1;
      wg.done();
    }

    @Actor
    public void waiter(II_Result r) {
      await(r);
    }
  }

  /** Two wait for the same round; one of them is looked at. */
  @JCStressTest
  @JCStressMeta(DoneBeforeAwait.class)
  @State
  public static class TwoWait extends Shared {
    private final II_Result other = new II_Result();

    public TwoWait() {
      super(1);
    }

    @Actor
    public void done() {
      one = 1;
      two = 1;
      wg.done();
    }

    @Actor
    public void waiter(II_Result r) {
      await(r);
    }

    @Actor
    public void otherWaiter() {
      await(other);
      if (other.r1 != 1 || other.r2 != 1) {
        throw new AssertionError(other);
      }
    }
  }

  /** A wait that may end at any moment by its time. */
  @JCStressTest
  @JCStressMeta(DoneBeforeAwait.class)
  @State
  public static class Timed extends Shared {
    public Timed() {
      super(2);
    }

    @Actor
    public void first() {
      one = 1;
      wg.done();
    }

    @Actor
    public void second() {
      two = 1;
      wg.done();
    }

    @Actor
    public void waiter(II_Result r) {
      if (await(Ops.shortTime())) {
        see(r);
      } else {
        r.r1 = -1;
        r.r2 = -1;
      }
    }
  }

  /** Two rounds of one group, one after the other. */
  @JCStressTest
  @JCStressMeta(DoneBeforeAwait.class)
  @State
  public static class SecondRound extends Shared {
    private volatile boolean second;

    public SecondRound() {
      super(1);
    }

    @Actor
    public void firstRound() {
      one = 1;
      wg.done();
    }

    @Actor
    public void secondRound() {
      while (!second) {
        Ops.pause();
      }
      two = one;
      wg.done();
    }

    @Actor
    public void waiter(II_Result r) {
      await(r);
      wg.add(1);
      second = true;
      await(r);
    }
  }
}
