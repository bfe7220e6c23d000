package io.channel4j.sync;

import io.channel4j.Channel;
import io.channel4j.ReceiveChannel;
import io.channel4j.context.Context;
import io.channel4j.go.Go;
import io.channel4j.go.Goroutine;
import io.channel4j.select.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Functions that live and end together, such as the servers of one program: when the first of them
 * returns, for whatever reason, the others are told to stop.
 *
 * <pre>{@code
 * var group = new WorkGroup();
 * group.add(stop -> serve(app, stop));
 * group.add(stop -> serve(debug, stop));
 * group.run();
 * }</pre>
 *
 * <p>A function's first concern is to return soon after {@code stop} is closed. The result of the
 * group is that of the function that returned first, also if it returned normally; as in the Go
 * original, failures that come after a normal return are dropped, and those that come after a
 * failure are {@linkplain Throwable#addSuppressed suppressed} in it. Use {@link ErrGroup} where a
 * normal return should not end the others.
 *
 * <p>A group is not safe for use by several threads at once. It may be run again.
 *
 * <p>Go counterpart: {@code workgroup.Group}, github.com/heptio/workgroup.
 */
public final class WorkGroup {

  /** A function of a group. */
  @FunctionalInterface
  public interface Member {
    /**
     * Runs until it has something to say or is told to stop.
     *
     * @param stop closed when the function should return
     * @throws Exception if it fails
     */
    void run(ReceiveChannel<Void> stop) throws Exception;
  }

  /** How a member ended. */
  private record Result(@Nullable Throwable thrown) {}

  private final List<Member> members = new ArrayList<>();

  /** Makes an empty group. */
  public WorkGroup() {}

  /**
   * Adds a function, to be run by {@link #run}. Go: {@code g.Add(f)}.
   *
   * @param member the function
   */
  public void add(Member member) {
    members.add(Objects.requireNonNull(member, "member"));
  }

  /**
   * Runs each function in a goroutine of its own, closes {@code stop} when the first of them
   * returns, waits until all have returned, and gives the result of the first. Go: {@code g.Run()}.
   *
   * <p>An empty group returns at once. A checked exception that the caller wants to catch by name
   * is declared by the type argument: {@code group.<IOException>run()}.
   *
   * <p>Interruption: if the thread is interrupted on entry, nothing is run. If it is interrupted
   * while it waits for the first, {@code stop} is closed, all are waited for, and then the call
   * throws. After that an interrupt does not end the wait, and the interrupt status stays set.
   *
   * <p>Memory: what the functions did happens before the return.
   *
   * @param <X> the checked exception that the functions may throw; none if left out
   * @throws InterruptedException if interrupted before a function had returned
   * @throws X what the function that returned first threw
   */
  public <X extends Exception> void run() throws InterruptedException, X {
    run(null, List.copyOf(members));
  }

  /**
   * As {@link #run()}, and closes {@code stop} also when a context ends. If it ends before a
   * function has returned, the result is the context's: {@link Context#err} is thrown. Go: {@code
   * g.Run(ctx)}.
   *
   * @param ctx the context
   * @param <X> the checked exception that the functions may throw; none if left out
   * @throws io.channel4j.context.ContextException if the context ended first
   * @throws InterruptedException if interrupted before a function had returned
   * @throws X what the function that returned first threw
   */
  public <X extends Exception> void run(Context ctx) throws InterruptedException, X {
    run(Objects.requireNonNull(ctx, "ctx"), List.copyOf(members));
  }

  private static void run(@Nullable Context ctx, List<Member> members) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Channel<Void> stop = Channel.make();
    Channel<Result> results = Channel.make(members.size()); // nobody has to wait to tell
    Throwable first = null;
    int running = 0;
    boolean told = false;
    try {
      for (Member m : members) {
        Goroutine unused = Go.go(() -> results.trySend(new Result(end(m, stop))));
        running++;
      }
      if (running > 0) {
        Result r = first(ctx, results);
        if (r == null) {
          first = ctx == null ? null : ctx.err();
        } else {
          first = r.thrown;
          running--;
          told = first == null;
        }
      }
    } catch (Throwable t) { // interrupted, or no memory for a thread
      first = t;
    }
    stop.close();
    awaitRest(results, running, told ? null : first);
    if (first != null) {
      OnceValue.<RuntimeException>sneak(first);
    }
  }

  private static @Nullable Throwable end(Member m, ReceiveChannel<Void> stop) {
    try {
      m.run(stop);
      return null;
    } catch (Throwable t) {
      return t;
    }
  }

  /** The first result, or null if the context ended before there was one. */
  private static @Nullable Result first(@Nullable Context ctx, Channel<Result> results)
      throws InterruptedException {
    if (ctx == null) {
      return results.receive();
    }
    return Select.<@Nullable Result>of()
        .receive(results, (Result r) -> r)
        .receive(ctx.done(), () -> null)
        .await();
  }

  @SuppressWarnings("ReferenceEquality") // a Throwable must not be suppressed in itself
  private static void awaitRest(Channel<Result> results, int running, @Nullable Throwable first) {
    boolean interrupted = false;
    while (running > 0) {
      try {
        Throwable t = results.receive().thrown;
        running--;
        if (t != null && first != null && t != first) {
          first.addSuppressed(t);
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
