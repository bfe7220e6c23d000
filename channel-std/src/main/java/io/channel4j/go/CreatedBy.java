package io.channel4j.go;

import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a goroutine was created: the goroutine and the place of its {@code go} statement.
 *
 * <p>One frame is kept, as Go prints, which costs a few microseconds a goroutine. The system
 * property {@code io.channel4j.tracebackancestors}, read once, says how many frames to keep: 0 for
 * none, for programs that start goroutines by the million; 1 is the default; a large number keeps
 * the whole stack of the {@code go} statement. (Go has GODEBUG=tracebackancestors for the stacks of
 * a goroutine's ancestors.)
 */
public final class CreatedBy {
  /*
   * The one frame costs a few microseconds, ten times what it costs to start a virtual thread,
   * and some hundred bytes; its text is made only when somebody asks. A Throwable is as quick where
   * the stack is short, but takes all of it and more memory, for as long as the goroutine lives. To
   * remember the place by the body's class would cost nothing, and be wrong where one lambda is
   * started in two places.
   */

  private static final int FRAMES = Integer.getInteger("io.channel4j.tracebackancestors", 1);
  private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), 8);

  /** Whose frames say nothing about who wrote the go statement. */
  private static final Set<String> MACHINERY =
      Set.of(
          "io.channel4j.go.CreatedBy",
          "io.channel4j.go.Go",
          "io.channel4j.go.Goroutine",
          "io.channel4j.go.Program",
          "io.channel4j.sync.ErrGroup",
          "io.channel4j.sync.SingleFlight",
          "io.channel4j.sync.WaitGroup",
          "io.channel4j.sync.WorkGroup");

  static final CreatedBy NOBODY = new CreatedBy(0, List.of());

  private final long goroutine;
  private final Object frames; // a StackFrame, or a list of them

  private CreatedBy(long goroutine, Object frames) {
    this.goroutine = goroutine;
    this.frames = frames;
  }

  static CreatedBy here(@Nullable Goroutine current) {
    return new CreatedBy(current == null ? 0 : current.id(), walk(FRAMES));
  }

  private static Object walk(int count) {
    return count <= 0 ? List.of() : WALKER.<Object>walk(s -> outside(s.iterator(), count));
  }

  private static Object outside(Iterator<StackFrame> frames, int count) {
    StackFrame f = frames.next(); // never the last: somebody has called
    while (MACHINERY.contains(topLevel(f.getClassName())) && frames.hasNext()) {
      f = frames.next();
    }
    if (count == 1) {
      return f;
    }
    var kept = new ArrayList<StackFrame>();
    kept.add(f);
    while (kept.size() < count && frames.hasNext()) {
      kept.add(frames.next());
    }
    return List.copyOf(kept);
  }

  private static String topLevel(String className) {
    int dollar = className.indexOf('$');
    return dollar < 0 ? className : className.substring(0, dollar);
  }

  /**
   * The number of the goroutine that executed the {@code go} statement.
   *
   * @return its {@link Goroutine#id}, or 0 if that thread was no goroutine
   */
  public long goroutine() {
    return goroutine;
  }

  /**
   * The place of the {@code go} statement first, then its callers as far as they were kept.
   *
   * @return an unmodifiable list; empty if none was kept, and for the main goroutine
   */
  public List<StackTraceElement> stack() {
    return frames().map(StackFrame::toStackTraceElement).collect(Collectors.toUnmodifiableList());
  }

  private Stream<StackFrame> frames() {
    return frames instanceof StackFrame f
        ? Stream.of(f)
        : ((List<?>) frames).stream().map(StackFrame.class::cast);
  }

  /** Go's "created by" lines, or nothing. */
  String describe() {
    List<StackTraceElement> stack = stack();
    if (stack.isEmpty()) {
      return "";
    }
    StackTraceElement first = stack.get(0);
    String by = first.getClassName() + "." + first.getMethodName();
    return "created by %s%s%n%s"
        .formatted(
            by,
            goroutine == 0 ? "" : " in goroutine " + goroutine,
            stack.stream()
                .map(e -> "\tat " + e + System.lineSeparator())
                .collect(Collectors.joining()));
  }

  /** As Go prints it: {@code "created by Main.main in goroutine 1"} and the frames. */
  @Override
  public String toString() {
    return describe().strip();
  }
}
