package io.channel4j.context;

import io.channel4j.go.Body;

/** Where this package starts goroutines. */
final class Goroutines {
  private Goroutines() {}

  static void start(Body body) {
    Thread unused =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    body.run();
                  } catch (Exception e) {
                    Thread t = Thread.currentThread();
                    t.getUncaughtExceptionHandler().uncaughtException(t, e);
                  }
                });
  }
}
