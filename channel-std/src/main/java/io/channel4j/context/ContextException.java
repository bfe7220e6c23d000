package io.channel4j.context;

/**
 * Why a context ended: {@link Context#CANCELED} or {@link Context#DEADLINE_EXCEEDED}, and nothing
 * else. Go: the two error values of package context.
 *
 * <p>The two are single objects, as Go's are, so {@code ctx.err() == Context.CANCELED} holds, and
 * {@code catch (Context.Canceled e)} is Go's {@code errors.Is(err, context.Canceled)}. Being shared
 * they have no stack trace and take no suppressed exceptions; wrap one to tell where it was met.
 */
public abstract sealed class ContextException extends RuntimeException
    permits Context.Canceled, Context.DeadlineExceeded {

  private static final long serialVersionUID = 1L;

  ContextException(String message) {
    super(message, null, false, false);
  }
}
