package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.time.Time;
import io.channel4j.time.Timer;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.LI_Result;

/** What timers promise: the setting happens before the time is received, and ends once. */
public final class SettingBeforeTime {
  private static final Duration HOUR = Duration.ofHours(1);

  private SettingBeforeTime() {}

  /** Whoever receives the time sees what was written before the timer was set. */
  @Outcome(id = "received, 1", expect = ACCEPTABLE, desc = "With all that was written before.")
  @Outcome(id = "not ready, .", expect = ACCEPTABLE, desc = "Not set yet: nothing is promised.")
  @Outcome(expect = FORBIDDEN, desc = "What was written before the setting is not there.")
  public static final class Order {
    private Order() {}

    abstract static class Shared {
      final Timer timer = Time.newTimer(HOUR);
      int plain;

      final void set() {
        plain = 1;
        boolean unused = timer.reset(Duration.ZERO);
      }
    }

    /** A receiver that waits, or comes later. */
    @JCStressTest
    @JCStressMeta(Order.class)
    @State
    public static class Receive extends Shared {
      @Actor
      public void setter() {
        set();
      }

      @Actor
      public void receiver(LI_Result r) {
        Object unused = Ops.receive(timer.c());
        r.r1 = "received";
        r.r2 = plain;
      }
    }

    /** A receiver that does not wait. */
    @JCStressTest
    @JCStressMeta(Order.class)
    @State
    public static class Try extends Shared {
      @Actor
      public void setter() {
        set();
      }

      @Actor
      public void receiver(LI_Result r) {
        r.r1 = timer.c().tryReceive().ok() ? "received" : "not ready";
        r.r2 = plain;
      }
    }
  }

  /** A due timer is stopped and received at once: one of the two gets it. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "Received.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Stopped.")
  @Outcome(expect = FORBIDDEN, desc = "Both or neither.")
  @State
  public static class StopOrReceive {
    private final Timer timer = Time.newTimer(Duration.ZERO);

    @Actor
    public void stopper(II_Result r) {
      r.r1 = timer.stop() ? 1 : 0;
    }

    @Actor
    public void receiver(II_Result r) {
      r.r2 = timer.c().tryReceive().ok() ? 1 : 0;
    }
  }

  /** A timer is set for now twice, and received: each setting ends once. */
  @JCStressTest
  @Outcome(id = "2, .", expect = ACCEPTABLE, desc = "Two settings, two ends.")
  @Outcome(expect = FORBIDDEN, desc = "A value lost, or stale.")
  @State
  public static class ResetAndReceive {
    private final Timer timer = Time.newTimer(Duration.ZERO);
    private int received;
    private int replaced;

    @Actor
    public void setter() {
      replaced = timer.reset(Duration.ZERO) ? 1 : 0;
    }

    @Actor
    public void receiver() {
      received = timer.c().tryReceive().ok() ? 1 : 0;
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = received + replaced + (timer.stop() ? 1 : 0);
      r.r2 = received;
    }
  }
}
