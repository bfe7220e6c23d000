package io.channel4j.go;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs something that prints on System.err what a test expects. */
final class Silent {
  private Silent() {}

  /** Gives what was printed; restores System.err also if the body throws. */
  static String err(Body body) throws Exception {
    PrintStream err = System.err;
    var bytes = new ByteArrayOutputStream();
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      body.run();
    } finally {
      System.setErr(err);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
