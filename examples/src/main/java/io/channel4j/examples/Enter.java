package io.channel4j.examples;

import java.io.IOException;

/** The Enter key. */
final class Enter {
  private Enter() {}

  /**
   * Does something when Enter is pressed. The end of standard input is none, so that a program that
   * Enter cancels also works where nobody can press it.
   */
  static void then(Runnable action) {
    // A daemon, because a read of standard input cannot be interrupted.
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                if (System.in.read() >= 0) {
                  action.run();
                }
              } catch (IOException e) {
                System.err.println("standard input: " + e.getMessage());
              }
            });
  }
}
