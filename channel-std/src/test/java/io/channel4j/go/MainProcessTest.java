package io.channel4j.go;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.sync.WaitGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** How a program that is started by Go.main ends, seen from outside. */
class MainProcessTest {

  private record Ended(int status, String out, String err) {}

  /** Runs the main method of one of the classes below in a JVM of its own. */
  private static Ended run(Class<?> program, String... options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    Process process = new ProcessBuilder(command).start();
    try {
      process.getOutputStream().close();
      var err = new String[1];
      Thread reader =
          Thread.startVirtualThread(
              () -> {
                try {
                  err[0] =
                      new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException e) {
                  err[0] = e.toString();
                }
              });
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      reader.join();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      return new Ended(process.exitValue(), out, err[0]);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A goroutine and a thread that keeps a JVM alive are still at work when main returns. */
  public static final class MainReturns {
    public static void main(String[] args) {
      Thread.ofPlatform().daemon(false).start(MainReturns::forEver);
      Go.main(
          () -> {
            Channel<Integer> started = Channel.make();
            go(
                () -> {
                  try {
                    started.send(1);
                    Channel.nil().receive();
                  } finally {
                    System.out.println("a deferred function ran");
                  }
                });
            started.receive();
            System.out.print("main returns");
          });
    }

    private static void forEver() {
      try {
        Channel.nil().receive();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void whenMainReturnsTheProgramEnds() throws Exception {
    Ended p = run(MainReturns.class);
    assertEquals("", p.err);
    assertEquals("main returns", p.out, "others are not waited for, and their finally not run");
    assertEquals(0, p.status);
  }

  /** A goroutine panics while main waits for something else. */
  public static final class GoroutinePanics {
    public static void main(String[] args) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      Go.main(
          () -> {
            starter();
            Channel.nil().receive();
            System.out.println("main goes on");
          });
    }

    private static void starter() {
      go(
          () -> {
            throw new IllegalStateException("boom");
          });
    }
  }

  @Test
  void aPanicInAnyGoroutineEndsTheProgramWithStatus2() throws Exception {
    Ended p = run(GoroutinePanics.class);
    assertEquals(2, p.status, p.err);
    assertEquals("hook" + System.lineSeparator(), p.out);
    String me = Pattern.quote(GoroutinePanics.class.getName());
    Pattern report =
        Pattern.compile(
            "panic: java\\.lang\\.IllegalStateException: boom\\R\\R"
                + "goroutine 2 \\[running\\]:\\R"
                + "(\\tat .*\\R)+"
                + "created by "
                + me
                + "\\.starter in goroutine 1\\R"
                + "\\tat "
                + me
                + "\\.starter\\(MainProcessTest\\.java:\\d+\\)\\R");
    assertTrue(report.matcher(p.err).matches(), p.err);
  }

  /** Main itself panics. */
  public static final class MainPanics {
    public static void main(String[] args) {
      Go.main(
          () -> {
            throw new IOException("no such file");
          });
    }
  }

  @Test
  void aPanicInMainIsReportedWithoutACreator() throws Exception {
    Ended p = run(MainPanics.class);
    assertEquals(2, p.status, p.err);
    assertTrue(p.err.startsWith("panic: java.io.IOException: no such file"), p.err);
    assertTrue(p.err.contains("goroutine 1 [running]:"), p.err);
    assertFalse(p.err.contains("created by"), p.err);
  }

  /** Main waits for the goroutine that panics. */
  public static final class GroupMemberPanics {
    public static void main(String[] args) {
      Go.main(
          () -> {
            var wg = new WaitGroup();
            wg.go(
                () -> {
                  throw new IllegalStateException("boom");
                });
            wg.await();
            System.out.println("await returned");
          });
    }
  }

  @Test
  void aPanicOfAGroupIsReportedOnceAndLetsNobodyGoOn() throws Exception {
    Ended p = run(GroupMemberPanics.class);
    assertEquals(2, p.status, p.err);
    assertEquals("", p.out);
    assertEquals(2, p.err.split("panic: ", -1).length, p.err);
  }

  /** On platform threads, which must be daemons. */
  public static final class PlatformThreads {
    public static void main(String[] args) {
      Program.builder()
          .threadFactory(Thread.ofPlatform().daemon(false).factory())
          .build()
          .main(
              () -> {
                go(() -> Channel.nil().receive());
                System.out.println(Thread.currentThread().isVirtual());
              });
    }
  }

  @Test
  void platformThreadsEndWithTheProgramToo() throws Exception {
    Ended p = run(PlatformThreads.class);
    assertEquals(new Ended(0, "false" + System.lineSeparator(), ""), p);
  }

  /** Without Go.main: Java's rules, but for the report. */
  public static final class DefaultProgram {
    public static void main(String[] args) throws InterruptedException {
      Goroutine g =
          go(
              "worker",
              () -> {
                throw new IllegalStateException("boom");
              });
      g.join();
      System.out.println("still here");
      go(() -> Channel.nil().receive()); // does not keep the program alive
    }
  }

  @Test
  void inTheDefaultProgramAPanicIsReportedAndEndsNothingElse() throws Exception {
    Ended p = run(DefaultProgram.class);
    assertEquals(0, p.status);
    assertEquals("still here" + System.lineSeparator(), p.out);
    assertTrue(p.err.contains("goroutine 1 \"worker\" [running]:"), p.err);
    assertTrue(p.err.contains("created by " + DefaultProgram.class.getName() + ".main"), p.err);
  }

  /** Prints how many frames of the creator are kept. */
  public static final class Frames {
    public static void main(String[] args) throws InterruptedException {
      System.out.println(one().createdBy().stack().size());
    }

    private static Goroutine one() {
      return two();
    }

    private static Goroutine two() {
      return go(() -> {});
    }
  }

  @Test
  void howManyFramesOfTheCreatorAreKeptIsASwitch() throws Exception {
    assertEquals("1", run(Frames.class).out.strip());
    String property = "-Dio.channel4j.tracebackancestors=";
    assertEquals("0", run(Frames.class, property + 0).out.strip());
    assertEquals("2", run(Frames.class, property + 2).out.strip());
    assertEquals("3", run(Frames.class, property + 1_000).out.strip());
  }
}
