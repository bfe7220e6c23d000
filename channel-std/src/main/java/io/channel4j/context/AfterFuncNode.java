package io.channel4j.context;

import io.channel4j.go.Body;
import io.channel4j.go.Program;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A function that runs when its parent ends. Go: {@code afterFuncCtx}. */
final class AfterFuncNode extends CancelNode {

  private final Body f;

  /** The goroutine's. */
  private final Program program = Program.current();

  /** Either started or stopped. */
  private final AtomicBoolean decided = new AtomicBoolean();

  private AfterFuncNode(Context parent, Body f) {
    super(parent);
    this.f = f;
  }

  static StopFunc register(Context ctx, Body f) {
    AfterFuncNode node = new AfterFuncNode(ctx, f);
    node.attach();
    return node::stop;
  }

  private boolean stop() {
    if (!decided.compareAndSet(false, true)) {
      return false;
    }
    end(CANCELED, null);
    return true;
  }

  @Override
  @Nullable Runnable hook() {
    return decided.compareAndSet(false, true) ? () -> program.go(f) : null;
  }
}
