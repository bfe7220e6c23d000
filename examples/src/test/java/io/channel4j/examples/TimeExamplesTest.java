package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The examples about time, contexts, once and leaks. */
class TimeExamplesTest {

  @Test
  void aContextCarriesValuesDeadlinesAndTheEnd() throws Exception {
    assertEquals(
        List.of(
            "deadline of the query is the request's: true",
            "query of rukia",
            "query: context deadline exceeded",
            "request: context deadline exceeded",
            "server goes on: true",
            "audit goes on for rukia: true",
            "context canceled, disk full"),
        ExampleProcess.run(E10RequestContext.class, "50"));
  }

  @Test
  void leakedGoroutinesAreFoundAndABufferSparesThem() throws Exception {
    var lines = ExampleProcess.run(E16Leak.class);
    assertEquals("no buffer: 2 wait in chan send", lines.getFirst());
    assertTrue(lines.contains("in the dump: 2"), lines::toString);
    assertTrue(
        lines.stream().anyMatch(s -> s.startsWith("created by io.channel4j.examples.E16Leak")),
        lines::toString);
    assertEquals("a slot for each: 0 wait in chan send", lines.getLast());
  }

  @Test
  void aTimeLimitLetsResultsAndErrorsThrough() throws Exception {
    assertEquals(
        List.of("result: 42", "error: no result", "error: timeout"),
        ExampleProcess.run(E18TimeLimit.class, "1000"));
  }

  /** Of five steps three have time; a fourth may have begun when the time is over. */
  @Test
  void aContextStopsWorkThatTakesTooLong() throws Exception {
    var lines = ExampleProcess.run(E19Progress.class, "200");
    assertEquals("error: context deadline exceeded", lines.getLast());
    var progress = lines.stream().filter(s -> s.startsWith("progress")).toList();
    assertEquals(
        List.of("progress: 20", "progress: 40", "progress: 60", "progress: 80")
            .subList(0, progress.size()),
        progress);
    assertTrue(lines.contains("cancelled"), lines::toString);
  }

  @Test
  void aParserIsMadeOnce() throws Exception {
    assertEquals(
        List.of("making a parser", "making a parser", "20 texts, such as TEXT"),
        ExampleProcess.run(E20ParseOnce.class),
        "once for each of the two ways");
  }

  @Test
  void aTickerLoopIsStoppedAndAwaited() throws Exception {
    var lines = ExampleProcess.run(E24TickerLoop.class, "100");
    assertEquals("stopped", lines.getLast());
    var ticks = lines.subList(0, lines.size() - 1);
    assertTrue(ticks.stream().allMatch("tick..."::equals), lines::toString);
  }

  @Test
  void aCountdownThatNobodyCanStop() throws Exception {
    assertEquals(
        concat("Commencing countdown.", "Lift off!"),
        ExampleProcess.run(E33Countdown.class, "1", "10"));
  }

  @Test
  void aCountdownThatEnterAborts() throws Exception {
    String start = "Commencing countdown. Press return to abort.";
    assertEquals(List.of(start, "Lift off!"), ExampleProcess.run(E33Countdown.class, "2", "10"));
    assertEquals(concat(start, "Lift off!"), ExampleProcess.run(E33Countdown.class, "3", "10"));
    for (String version : List.of("2", "3")) {
      try (var countdown = ExampleProcess.start(E33Countdown.class, version, "3600000")) {
        assertEquals(start, countdown.nextLine());
        countdown.pressEnter();
        assertEquals("Launch aborted!", countdown.rest().getLast());
      }
    }
  }

  private static List<String> concat(String first, String last) {
    var numbers = IntStream.rangeClosed(1, 10).mapToObj(i -> String.valueOf(11 - i));
    return Stream.of(Stream.of(first), numbers, Stream.of(last)).flatMap(s -> s).toList();
  }
}
