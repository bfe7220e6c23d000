package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples about stopping goroutines: each fault shows, and its remedy works. */
class StopExamplesTest {

  @Test
  void aWorkerThatDoesNotReturnReceivesFromTheClosedChannelOverAndOver() throws Exception {
    assertEquals(
        List.of(
            "main would wait in sync.WaitGroup.Wait", "said hello: true", "exited over and over"),
        ExampleProcess.run(E08CloseBroadcast.class, "literal", "100"));
  }

  @Test
  void aCloseEndsTenWorkersAndMainWaitsForThem() throws Exception {
    assertEquals(
        List.of("said hello: true", "exited 10 times"),
        ExampleProcess.run(E08CloseBroadcast.class, "repaired", "100"));
  }

  @Test
  void aContextEndsTenWorkers() throws Exception {
    assertEquals(
        List.of("10 workers have exited: context canceled"),
        ExampleProcess.run(E09StopContext.class, "50"));
  }

  @Test
  void aWorkerIsClosedTwiceAndTakesNoMoreJobs() throws Exception {
    assertEquals(
        List.of("job 1", "job 2", "job 3", "cleaned up", "one job more: false"),
        ExampleProcess.run(E11Worker.class));
  }

  @Test
  void aKafkaConsumerWorksOffAndCommitsItsBatch() throws Exception {
    var lines = ExampleProcess.run(E12KafkaConsumer.class);
    assertEquals(
        List.of("committed 5", "committed 10", "worked off: 10", "closed: true"),
        lines.stream().filter(line -> !line.equals("woken up")).toList());
  }

  @Test
  void aKafkaConsumerIsWokenUpInItsPoll() throws Exception {
    assertEquals(
        List.of(
            "committed 5",
            "committed 10",
            "committed 15",
            "committed 20",
            "idle",
            "woken up",
            "worked off: 20",
            "closed: true"),
        ExampleProcess.run(E12KafkaConsumer.class, "idle"));
  }

  @Test
  void mainReturnsAndNobodyIsWaitedFor() throws Exception {
    assertEquals(
        List.of("main returns"), ExampleProcess.run(E26MainReturns.class, "literal", "60000"));
  }

  @Test
  void mainWaitsByAWaitGroupOrAChannel() throws Exception {
    for (String remedy : List.of("waitgroup", "channel")) {
      var lines = ExampleProcess.run(E26MainReturns.class, remedy, "20");
      assertEquals("main returns", lines.getLast());
      assertEquals(
          List.of("worker 1 is ready", "worker 2 is ready", "worker 3 is ready"),
          lines.subList(0, 3).stream().sorted().toList());
    }
  }

  @Test
  void breakLeavesOnlyTheSelect() throws Exception {
    var lines = ExampleProcess.run(E29Handshake.class, "literal", "50");
    assertTrue(lines.indexOf("exiting...") > 0, lines::toString);
    assertTrue(lines.lastIndexOf("do something") > lines.indexOf("exiting..."), lines::toString);
    assertEquals("still running: true", lines.getLast());
  }

  @Test
  void theHandshakeEndsTheGoroutine() throws Exception {
    var lines = ExampleProcess.run(E29Handshake.class, "repaired", "20");
    assertEquals("wait", lines.getFirst());
    assertEquals(
        List.of("exiting...", "main exited", "still running: false"),
        lines.subList(lines.lastIndexOf("do something") + 1, lines.size()));
  }

  @Test
  void waitGroups() throws Exception {
    assertEquals(
        List.of(
            "one by one: 10",
            "all at once: 20",
            "with go: 30",
            "add in the goroutine: the wait is over before it starts",
            "one done too many: sync: negative WaitGroup counter"),
        ExampleProcess.run(E30WaitForAll.class));
  }

  @Test
  void anInterruptIsAdvice() throws Exception {
    assertEquals(
        List.of(
            "the polite one has ended",
            "the deaf one goes on: true",
            "the deaf one has ended because it listens to done"),
        ExampleProcess.run(E32NoKill.class));
  }

  @Test
  void eventsForManyAndACloseForAll() throws Exception {
    assertEquals(
        List.of(
            "2 events: 2 rockets aborted, 1 flying, 0 unheard",
            "4 events: 3 rockets aborted, 0 flying, 1 unheard",
            "close: all aborted, and one that came late"),
        ExampleProcess.run(E34Abort.class));
  }
}
