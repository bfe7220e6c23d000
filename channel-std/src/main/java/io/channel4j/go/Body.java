package io.channel4j.go;

/** What a goroutine does: Go's {@code func()} after {@code go}, which here may throw. */
@FunctionalInterface
public interface Body {

  /**
   * Runs in a thread of its own.
   *
   * @throws Exception whatever the body does not handle; Go counterpart: a panic that nobody
   *     recovers
   */
  void run() throws Exception;
}
