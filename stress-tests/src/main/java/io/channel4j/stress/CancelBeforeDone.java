package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.context.CancelContext;
import io.channel4j.context.Context;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * A cancel happens before everything by which it can be noticed, and err and done tell the same:
 * whoever sees a context ended sees what its canceller had written, its error, and a closed done
 * channel.
 *
 * <p>Go: TestContextErrDoneRace and TestCauseRace, src/context/context_test.go.
 */
@Outcome(id = "ended, 1", expect = ACCEPTABLE, desc = "Ended, with all that was written before.")
@Outcome(id = "going on, .", expect = ACCEPTABLE, desc = "Not yet: nothing is promised.")
@Outcome(expect = FORBIDDEN, desc = "err and done differ, or what was written is not there.")
public final class CancelBeforeDone {
  private CancelBeforeDone() {}

  abstract static class Shared {
    final CancelContext ctx = Context.withCancel(Context.background());
    int plain;

    final void cancel() {
      plain = 1;
      ctx.cancel();
    }

    final void see(boolean ended, Context c, LI_Result r) {
      if (!ended) {
        r.r1 = "going on";
      } else if (c.err() != Context.CANCELED || Context.cause(c) != Context.CANCELED) {
        r.r1 = "no error";
      } else if (!c.done().tryReceive().isReady()) {
        r.r1 = "done is open";
      } else {
        r.r1 = "ended";
      }
      r.r2 = plain;
    }
  }

  /** Waits for done, which nobody has asked for before. */
  @JCStressTest
  @JCStressMeta(CancelBeforeDone.class)
  @State
  public static class Done extends Shared {
    @Actor
    public void canceller() {
      cancel();
    }

    @Actor
    public void waiter(LI_Result r) {
      see(!String.valueOf(Ops.receive(ctx.done())).isEmpty(), ctx, r);
    }
  }

  /** Looks at err. */
  @JCStressTest
  @JCStressMeta(CancelBeforeDone.class)
  @State
  public static class Err extends Shared {
    @Actor
    public void canceller() {
      cancel();
    }

    @Actor
    public void looker(LI_Result r) {
      see(ctx.err() != null, ctx, r);
    }
  }

  /** Derives a context meanwhile, and looks at that. */
  @JCStressTest
  @JCStressMeta(CancelBeforeDone.class)
  @State
  public static class Child extends Shared {
    @Actor
    public void canceller() {
      cancel();
    }

    @Actor
    public void deriver(LI_Result r) {
      Context child = Context.withCancel(ctx);
      see(child.err() != null, child, r);
    }
  }

  /** Two cancel; whoever returns has all below ended. */
  @JCStressTest
  @JCStressMeta(CancelBeforeDone.class)
  @State
  public static class Second extends Shared {
    private final Context below = Context.withCancel(Context.withCancel(ctx));

    @Actor
    public void canceller() {
      plain = 1;
      ctx.cancel();
    }

    @Actor
    public void second(LI_Result r) {
      plain = 1;
      ctx.cancel();
      see(true, below, r);
    }
  }
}
