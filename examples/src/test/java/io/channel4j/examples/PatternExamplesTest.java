package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of patterns: APIs, queues, maps, pools, choice, panics. */
class PatternExamplesTest {

  @Test
  void channelsAreHidden() throws Exception {
    assertEquals(List.of("{be=2, not=1, or=1, to=2}"), ExampleProcess.run(E13HiddenChannels.class));
    for (Method method : E13HiddenChannels.WordCount.class.getMethods()) {
      assertTrue(!method.toGenericString().contains("channel4j.Channel"), method::toString);
    }
  }

  @Test
  void oneVariableForAllGoroutinesOrOneForEach() throws Exception {
    assertEquals(
        List.of(
            "one variable: [20, 20, 20, 20, 20]",
            "one for each round: [4, 8, 12, 16, 20]",
            "a parameter: [4, 8, 12, 16, 20]"),
        ExampleProcess.run(E14LoopVariable.class));
  }

  @Test
  void aClosedChannelGivesJunkUntilItsCaseIsDisabled() throws Exception {
    var lines = ExampleProcess.run(E15JunkValues.class);
    int junk = Integer.parseInt(lines.getFirst().replace("literal: 3 values, junk ", ""));
    assertTrue(junk > 10, lines::toString);
    assertEquals("repaired: 3 values, junk 1", lines.getLast());
  }

  @Test
  void aFullQueueRefusesOrHoldsBack() throws Exception {
    assertEquals(
        List.of(
            "queued 3 of 3, refused 2",
            "all queued: false",
            "all queued: true, sum of squares 385"),
        ExampleProcess.run(E17Queue.class));
  }

  @Test
  void anActorThatWasCancelled() throws Exception {
    assertEquals(
        List.of(
            "Received[value=233, ok=true], Received[value=0, ok=false]",
            "literal: the late update waits in chan send",
            "update: true",
            "Received[value=233, ok=true], Received[value=0, ok=false]",
            "repaired: the late update: false"),
        ExampleProcess.run(E21ActorMap.class));
  }

  @Test
  void locksAndTheirDifference() throws Exception {
    assertEquals(
        List.of(
            "rukia: 233",
            "counted to 1000 and to 1000",
            "ReentrantLock: true, again: true",
            "mutex: true, again: false"),
        ExampleProcess.run(E22LockedMap.class));
  }

  /** With 15 degrees of freedom chi-square is above 80 once in 10^10 runs. */
  @Test
  void selectChoosesUniformly() throws Exception {
    var lines = ExampleProcess.run(E23Fairness.class, "16", "200000");
    var matcher = Pattern.compile("chi-square ([\\d.]+), 15 expected").matcher(lines.getLast());
    assertTrue(matcher.matches(), lines::toString);
    assertTrue(Double.parseDouble(matcher.group(1)) < 80, lines::toString);
  }

  @Test
  void panicsInGosWords() throws Exception {
    assertEquals(
        List.of(
            "panic: send on closed channel",
            "panic: close of closed channel",
            "panic: close of nil channel",
            "panic: makechan: size out of range"),
        ExampleProcess.run(E25Panics.class));
  }

  @Test
  void anUncaughtPanicEndsTheProgramWithBothStacks() throws Exception {
    try (var process = ExampleProcess.start(E25Panics.class, "uncaught")) {
      assertEquals(List.of(), process.rest(2));
      String report = String.join("\n", process.errors());
      assertTrue(report.contains("send on closed channel"), report);
      assertTrue(report.contains("created by io.channel4j.examples.E25Panics.uncaught"), report);
    }
  }

  @Test
  void eachTaskOfAPoolIsDoneOnceAndAllWorkersExit() throws Exception {
    for (String seed : List.of("1", "2")) {
      var lines = ExampleProcess.run(E27WorkerPool.class, seed);
      var tasks = new ArrayList<String>();
      for (String line : lines) {
        var matcher =
            Pattern.compile("\\[worker [01]\\] (task \\d): (complete|some error)").matcher(line);
        if (matcher.matches()) {
          tasks.add(matcher.group(1));
        }
      }
      assertEquals(
          List.of("task 0", "task 1", "task 2", "task 3", "task 4", "task 5"),
          tasks.stream().sorted().toList(),
          lines::toString);
      assertEquals(2, lines.stream().filter(s -> s.endsWith("is being told to exit")).count());
      assertEquals("all done!", lines.getLast());
    }
  }

  @Test
  void aHundredThousandGoroutinesAreAChain() throws Exception {
    try (var process = ExampleProcess.start(E28DaisyChain.class)) {
      assertEquals(List.of("100001"), process.rest());
      assertEquals(1, process.errors().size(), () -> "the measure: " + process.errors());
    }
  }

  @Test
  void aMemoComputesOncePerKey() throws Exception {
    assertEquals(
        List.of("channel 7", "select 6", "go 2", "asked 30 times, computed 3 times"),
        ExampleProcess.run(E45Memo.class));
  }
}
