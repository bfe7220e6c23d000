package io.channel4j.std.support;

import io.channel4j.go.Body;
import io.channel4j.go.Program;
import java.util.concurrent.ThreadFactory;

/** The two kinds of thread that goroutines may be. A test runs as a program on either. */
@SuppressWarnings("ImmutableEnumChecker") // the JDK's factories are
public enum ThreadKind {
  VIRTUAL(Thread.ofVirtual().factory()),
  PLATFORM(Thread.ofPlatform().factory());

  private final ThreadFactory factory;

  ThreadKind(ThreadFactory factory) {
    this.factory = factory;
  }

  public ThreadFactory factory() {
    return factory;
  }

  /**
   * Runs a test's body and all that it starts on threads of this kind. Whatever a goroutine does
   * not catch fails the test; who is left at the end is interrupted.
   */
  public void run(Body test) throws Exception {
    Program.builder()
        .threadFactory(factory)
        .panicHandler(panic -> panic.goroutine().program().fail(panic)) // run throws it
        .build()
        .run(test);
  }
}
