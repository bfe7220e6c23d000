package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.std.support.ThreadKind;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Go: runtime/race/testdata/waitgroup_test.go. Fields are plain: were an order missing, Java would
 * allow these tests to fail, though a test proves nothing; the jcstress suite looks harder.
 */
class WaitGroupOrderTest {

  @ParameterizedTest
  @EnumSource
  void whatHappensBeforeDoneIsSeenAfterAwait(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] x = {0};
          var wg = new WaitGroup();
          for (int i = 1; i <= 1_000; i++) {
            wg.add(1);
            go(
                () -> {
                  x[0]++;
                  wg.done();
                });
            wg.await();
            assertEquals(i, x[0]);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void severalWaitersSeeIt(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] x = {0, 0};
          var wg = new WaitGroup();
          wg.add(2);
          Channel<Integer> sums = Channel.make(2);
          for (int i = 0; i < 2; i++) {
            go(
                () -> {
                  wg.await();
                  sums.send(x[0] + x[1]);
                });
          }
          for (int i = 0; i < 2; i++) {
            int k = i;
            go(
                () -> {
                  x[k] = 1;
                  wg.done();
                });
          }
          assertEquals(2, sums.receive());
          assertEquals(2, sums.receive());
        });
  }

  @ParameterizedTest
  @EnumSource
  void itIsTransitiveThroughTwoGroups(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] x = {0, 0};
          var first = new WaitGroup();
          var second = new WaitGroup();
          first.add(2);
          second.add(1);
          for (int i = 0; i < 2; i++) {
            int k = i;
            go(
                () -> {
                  x[k] = 42;
                  first.done();
                });
          }
          go(
              () -> {
                first.await();
                second.done();
              });
          second.await();
          assertEquals(84, IntStream.of(x).sum());
        });
  }

  @ParameterizedTest
  @EnumSource
  void eachRoundSeesTheRoundsBefore(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] x = {0};
          var wg = new WaitGroup();
          for (int round = 0; round < 100; round++) {
            int expected = round;
            wg.go(
                () -> {
                  assertEquals(expected, x[0]);
                  x[0]++;
                });
            wg.await();
          }
          assertEquals(100, x[0]);
        });
  }
}
