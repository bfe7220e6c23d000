package io.channel4j.examples;

/** Go's {@code go} statement, as far as the examples need it. */
final class Go {
  private Go() {}

  /** Runs the body in a new virtual thread. What it throws ends the program, like Go's panic. */
  static Thread go(Body body) {
    return Thread.startVirtualThread(
        () -> {
          try {
            body.run();
          } catch (Throwable t) {
            t.printStackTrace();
            Runtime.getRuntime().halt(2);
          }
        });
  }

  /** Code that may wait. */
  interface Body {
    void run() throws InterruptedException;
  }
}
