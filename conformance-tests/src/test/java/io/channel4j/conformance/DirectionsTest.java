package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Answers to Go's test/chan/perm.go: what may be done with a channel of which direction is checked
 * by the compiler. A line that ends in a comment must not compile, for the reason given; every
 * other line must.
 */
class DirectionsTest {
  private static final String PROGRAM =
      """
      import io.channel4j.*;
      import io.channel4j.select.*;
      import java.time.Duration;

      class Program {
        void run(int n) throws Exception {
          Channel<Integer> c = Channel.make(1, 0);
          ReceiveChannel<Integer> in = c;
          SendChannel<Integer> out = c;

          c = in; // incompatible
          c = out; // incompatible
          in = out; // incompatible
          out = in; // incompatible
          Channel<Object> objects = c; // incompatible
          Channel<? extends Number> numbers = c;

          n.receive(); // dereferenced
          n.send(2); // dereferenced
          n.close(); // dereferenced

          c.send(0);
          c.receive();
          c.receiveOk();
          c.trySend(0);
          c.trySend(0, Duration.ZERO);
          c.tryReceive();
          c.tryReceive(Duration.ZERO);
          c.send("text"); // incompatible

          in.receive();
          in.receiveOk();
          in.tryReceive();
          in.tryReceive(Duration.ZERO);
          in.range(v -> {});
          in.len();
          in.cap();
          in.send(0); // symbol
          in.trySend(0); // symbol
          in.trySend(0, Duration.ZERO); // symbol

          out.send(0);
          out.trySend(0);
          out.trySend(0, Duration.ZERO);
          out.len();
          out.cap();
          out.receive(); // symbol
          out.receiveOk(); // symbol
          out.tryReceive(); // symbol
          out.tryReceive(Duration.ZERO); // symbol
          out.range(v -> {}); // symbol
          out.stream(); // symbol

          Select.of().send(c, 0, () -> 1);
          Select.of().receive(c, v -> 1);
          Select.of().send(in, 0, () -> 1); // converted
          Select.of().receive(in, v -> 1);
          Select.of().send(out, 0, () -> 1);
          Select.of().receive(out, v -> 1); // no suitable

          Select.loop().send(c, 0);
          Select.loop().receive(c);
          Select.loop().send(in, 0); // converted
          Select.loop().receive(in);
          Select.loop().send(out, 0);
          Select.loop().receive(out); // converted

          for (int v : c) {}
          for (int v : in) {}
          for (int v : out) {} // for-each

          c.close();
          out.close();
          in.close(); // symbol
        }

        static class Another implements SendChannel<Integer> {} // sealed
      }
      """;

  @Test
  void theCompilerChecksDirections(@TempDir Path classes) {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    var source =
        new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return PROGRAM;
          }
        };
    List<String> options =
        List.of(
            "-proc:none",
            "-Xmaxerrs",
            "1000",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("java.class.path"));
    boolean compiled = compiler.getTask(null, null, found, options, null, List.of(source)).call();
    assertFalse(compiled);

    var expected = new TreeMap<Integer, String>();
    var actual = new TreeMap<Integer, String>();
    List<String> lines = PROGRAM.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int comment = line.indexOf("// ");
      if (comment >= 0) {
        expected.put(i + 1, line);
      }
    }
    for (Diagnostic<? extends JavaFileObject> d : List.copyOf(found.getDiagnostics())) {
      if (d.getKind() == Diagnostic.Kind.ERROR) {
        int number = (int) d.getLineNumber();
        String line = lines.get(number - 1);
        String why = line.substring(line.indexOf("// ") + 3);
        String message = d.getMessage(Locale.ENGLISH);
        actual.merge(number, message.contains(why) ? line : line + " but: " + message, (a, b) -> a);
      }
    }
    assertEquals(String.join("\n", expected.values()), String.join("\n", actual.values()));
  }
}
