package io.channel4j.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.channel4j.sync.Once;
import io.channel4j.sync.OnceValue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressMeta;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What the action of a Once did happens before the return of every call, and it is done once:
 * whoever returns sees it, whole.
 *
 * <p>Go: the memory model, "Once"; TestOnce.
 */
@Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "Done once, and seen by all.")
@Outcome(expect = FORBIDDEN, desc = "Done twice, or a caller returned without seeing it.")
public final class OnceBeforeReturn {
  private OnceBeforeReturn() {}

  /** Three callers, one of whom does it. */
  @JCStressTest
  @JCStressMeta(OnceBeforeReturn.class)
  @State
  public static class Do {
    private final Once once = new Once();
    private int plain;

    private int call() {
      once.doIt(() -> plain++);
      return plain;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = call();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = call();
    }

    @Actor
    public void third(III_Result r) {
      r.r3 = call();
    }
  }

  /** The action fails: that is done, too, and only its caller is told. */
  @JCStressTest
  @JCStressMeta(OnceBeforeReturn.class)
  @State
  public static class Fail {
    private final Once once = new Once();
    private int plain;

    private int call() {
      try {
        once.doIt(
            () -> {
              plain++;
              throw new IllegalStateException();
            });
      } catch (IllegalStateException e) {
        return plain;
      }
      return plain;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = call();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = call();
    }

    @Actor
    public void third(III_Result r) {
      r.r3 = call();
    }
  }

  /** A value with a field that is not final, computed by one of three. */
  @JCStressTest
  @JCStressMeta(OnceBeforeReturn.class)
  @State
  public static class Value {
    private static final class Box {
      private int content;
    }

    private int computed;

    private final OnceValue<Box> box =
        new OnceValue<>(
            () -> {
              Box b = new Box();
              b.content = ++computed;
              return b;
            });

    @Actor
    public void first(III_Result r) {
      r.r1 = box.get().content;
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = box.get().content;
    }

    @Actor
    public void third(III_Result r) {
      r.r3 = box.get().content;
    }
  }
}
