package io.channel4j.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, with a little to do. */
@Timeout(300) // many processes, on a machine that may be busy
class CommandTest {
  private static final String PEERS = "io.channel4j.benchmarks.CommandTest$";

  @TempDir private Path folder = Path.of("");

  /** What a command said, and how it ended. */
  private record Ending(int status, String out, String err) {}

  private Ending run(List<String> more, String... options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(more);
    command.add(ShapeRunner.class.getName());
    command.addAll(List.of(options));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("CHANNEL4J_GO", folder.resolve("no-go-here").toString());
    int status = builder.start().waitFor();
    return new Ending(status, Files.readString(out), Files.readString(err));
  }

  private Ending measure(String... options) throws IOException, InterruptedException {
    var all = new ArrayList<>(List.of("--quick", "--rounds", "1", "--divide", "100000"));
    all.addAll(List.of("--json", folder.resolve("r.json").toString()));
    all.addAll(List.of(options));
    return run(List.of("-Dchannel4j.bench.home=" + folder), all.toArray(String[]::new));
  }

  @Test
  void aPeerThatFailsIsNamedAndTheOthersAreMeasured() throws Exception {
    var ending =
        measure(
            "--peers",
            "channel4j,lossy=" + PEERS + "Lossy,go",
            "--shapes",
            "cap16-1x1,fill",
            "--alloc");
    assertEquals(1, ending.status, ending.err);
    assertTrue(ending.err.contains("Go is left out"), ending.err);
    assertTrue(ending.err.contains("lossy FAILED in cap16-1x1"), ending.err);
    assertTrue(ending.err.contains("the sum of the received values is"), ending.err);
    var table = Outcome.read(folder.resolve("r.json")).tables().getFirst();
    assertTrue(table.cell("cap16-1x1", "lossy").failed());
    assertTrue(table.cell("fill-empty-cap100", "lossy").failed());
    assertFalse(table.cell("cap16-1x1", "channel4j").isEmpty());
    assertEquals("channel4j", table.baseline());
    assertTrue(ending.out.contains("FAILED") && ending.out.contains("commit: "), ending.out);
  }

  @Test
  void aPeerThatHangsIsEndedByTheWatchdog() throws Exception {
    var ending =
        measure(
            "--peers",
            "stuck=" + PEERS + "Stuck,juc",
            "--shapes",
            "ping-pong",
            "--watchdog",
            "2",
            "--jvm",
            "-Djava.io.tmpdir=" + folder);
    assertEquals(1, ending.status, ending.err);
    assertTrue(ending.err.contains("no end after 2 s"), ending.err);
    assertTrue(ending.err.contains("stuck FAILED in ping-pong"), ending.err);
    assertTrue(ending.err.contains("virtual threads:"), ending.err); // where they stand
    assertTrue(ending.err.contains("juc"), ending.err);
  }

  @Test
  void aPeerThatCannotEvenStartFailsEverywhere() throws Exception {
    var ending = measure("--peers", "no.such.Peer,juc", "--shapes", "cap1-1x1", "--footprint");
    assertEquals(1, ending.status, ending.err);
    assertTrue(ending.err.contains("Peer FAILED in cap1-1x1"), ending.err);
    assertTrue(ending.err.contains("Peer FAILED in footprint"), ending.err);
  }

  @Test
  void footprintAndSweepsEndWell() throws Exception {
    var ending = measure("--footprint", "--parked", "200", "--peers", "channel4j,juc");
    assertEquals(0, ending.status, ending.err);
    assertTrue(ending.out.contains("parked-select"), ending.out);
    var footprint = Outcome.read(folder.resolve("r.json")).footprint().orElseThrow();
    assertTrue(footprint.bytes().containsKey(List.of("channel-cap16", "channel4j")));
  }

  @Test
  void theLibraryIsMeasuredWithoutEachMechanism() throws Exception {
    Path home = Path.of("").toAbsolutePath();
    var command =
        run(
            List.of("-Dchannel4j.bench.home=" + home),
            "--ablation",
            "--quick",
            "--rounds",
            "1",
            "--divide",
            "100000",
            "--json",
            folder.resolve("r.json").toString());
    assertEquals(0, command.status, command.err);
    var table = Outcome.read(folder.resolve("r.json")).tables().getFirst();
    var ablations = Ablation.parse(Files.readString(home.resolve("ablations.md")));
    assertTrue(ablations.size() > 5);
    for (var ablation : ablations) {
      assertFalse(table.cell("select8-one-hot", ablation.name()).isEmpty(), ablation.name());
      try (var files = Files.walk(ablation.classes(home))) {
        assertTrue(files.anyMatch(f -> f.toString().endsWith(".class")), ablation.name());
      }
    }
  }

  @Test
  void renderingPrintsTheSameWithoutMeasuring() throws Exception {
    var measured = measure("--peers", "channel4j,juc", "--shapes", "cap1-1x1");
    assertEquals(0, measured.status, measured.err);
    var rendered = run(List.of(), "--render", folder.resolve("r.json").toString());
    assertEquals(0, rendered.status, rendered.err);
    assertEquals(measured.out, rendered.out);
  }

  @Test
  void optionsThatMakeNoSensePrintTheUsage() throws Exception {
    var ending = run(List.of(), "--sweep", "sideways");
    assertEquals(64, ending.status);
    assertTrue(ending.err.startsWith("no sweep sideways"), ending.err);
    assertTrue(ending.err.contains("--footprint"), ending.err);
  }

  /** A queue that adds one to what it was given. */
  public static final class Lossy implements Peer {
    @Override
    public String name() {
      return "lossy";
    }

    @Override
    public Chan make(int capacity) {
      var real = new io.channel4j.benchmarks.peers.JucPeer().make(capacity);
      return new Chan() {
        @Override
        public Object channel() {
          return real;
        }

        @Override
        public void send(Integer value) throws InterruptedException {
          real.send(value + 1);
        }

        @Override
        public Integer receive() throws InterruptedException {
          return real.receive();
        }
      };
    }
  }

  /** A channel that nothing comes out of. */
  public static final class Stuck implements Peer {
    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public Chan make(int capacity) {
      return new Chan() {
        @Override
        public Object channel() {
          return this;
        }

        @Override
        public void send(Integer value) throws InterruptedException {
          Thread.sleep(Long.MAX_VALUE);
        }

        @Override
        public Integer receive() throws InterruptedException {
          Thread.sleep(Long.MAX_VALUE);
          return 0;
        }
      };
    }
  }
}
