package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The examples print what they say, and end. */
class ExamplesTest {

  @Test
  void primeSieve() throws Exception {
    assertEquals(
        List.of("2", "3", "5", "7", "11", "13", "17", "19", "23", "29"),
        ExampleProcess.run(E01PrimeSieve.class));
  }

  @Test
  void primeSieveOfManyFilters() throws Exception {
    var primes = ExampleProcess.run(E01PrimeSieve.class, "500");
    assertEquals(500, primes.size());
    assertEquals("3571", primes.getLast());
  }

  @Test
  void pingPong() throws Exception {
    assertEquals(
        List.of("ping 1", "pong 2", "ping 3", "pong 4", "ping 5", "pong 6", "game over"),
        ExampleProcess.run(E02PingPong.class));
  }

  @Test
  void forSelect() throws Exception {
    assertEquals(List.of("1", "2", "3", "4", "5", "done"), ExampleProcess.run(E03ForSelect.class));
  }

  @Test
  void countTo() throws Exception {
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "the writer has ended"),
        ExampleProcess.run(E04CountTo.class));
  }

  @Test
  void searchData() throws Exception {
    assertEquals(
        List.of(
            "[data, found by the quick one]",
            "the slow one has ended its search, too",
            "nobody is left"),
        ExampleProcess.run(E05SearchData.class));
  }

  @Test
  void handleTenTasks() throws Exception {
    assertEquals(
        List.of(
            "all workers have ended, unread results: 0",
            "[1, 4, 9, 16, 25, 36, 49, 64, 81, 100]",
            "all workers have ended, unread results: 7",
            "read 3"),
        ExampleProcess.run(E06HandleTenTasks.class));
  }
}
