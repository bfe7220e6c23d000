package io.channel4j.sync;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.go.Goroutine;
import io.channel4j.go.Panic;
import io.channel4j.go.Program;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: singleflight/singleflight_test.go in golang.org/x/sync. */
class SingleFlightTest {

  @Test
  void oneCallerGetsWhatTheFunctionGives() throws Exception {
    var flight = new SingleFlight<String, String>();
    var r = flight.doIt("key", () -> "bar");
    assertEquals("bar", r.value());
    assertNull(r.error());
    assertFalse(r.shared());
  }

  @Test
  void oneCallerGetsWhatTheFunctionThrows() {
    var flight = new SingleFlight<String, String>();
    var failure = new IOException("some error");
    assertSame(
        failure,
        assertThrows(
            IOException.class,
            () ->
                flight.<IOException>doIt(
                    "key",
                    () -> {
                      throw failure;
                    })));
  }

  @Test
  void nullsAreKeysAndValues() throws Exception {
    var flight = new SingleFlight<@Nullable String, @Nullable String>();
    assertNull(flight.doIt(null, () -> null).value());
  }

  /** Starts a call that holds the key until the channel is closed, and ten who join it. */
  private static List<Goroutine> crowd(
      SingleFlight<String, String> flight,
      AtomicInteger calls,
      Channel<Integer> release,
      Throwable failure,
      Channel<Object> outcomes)
      throws InterruptedException {
    Channel<Integer> in = Channel.make();
    var crowd = new ArrayList<Goroutine>();
    for (int i = 0; i <= 10; i++) {
      Goroutine g =
          go(
              () -> {
                Object outcome;
                try {
                  var r =
                      flight.doIt(
                          "key",
                          () -> {
                            calls.incrementAndGet();
                            in.close();
                            release.receiveOk();
                            if (failure instanceof Exception e) {
                              throw e;
                            }
                            if (failure instanceof Error e) {
                              throw e;
                            }
                            return "bar";
                          });
                  outcome = r;
                } catch (Throwable t) {
                  outcome = t;
                }
                outcomes.send(outcome);
              });
      crowd.add(g);
      if (i == 0) {
        in.receiveOk();
      } else {
        Until.in(g, "sync.WaitGroup.Wait");
      }
    }
    return crowd;
  }

  @ParameterizedTest
  @EnumSource
  void duplicatesAreSuppressed(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var flight = new SingleFlight<String, String>();
          var calls = new AtomicInteger();
          Channel<Integer> release = Channel.make(0, 0);
          Channel<Object> outcomes = Channel.make(11);
          crowd(flight, calls, release, new Throwable("none"), outcomes);
          release.close();
          for (int i = 0; i <= 10; i++) {
            assertEquals(new SingleFlight.Result<>("bar", null, true), outcomes.receive());
          }
          assertEquals(1, calls.get());
          assertFalse(flight.doIt("key", () -> "next").shared(), "the key was forgotten");
        });
  }

  @ParameterizedTest
  @EnumSource
  void allGetWhatTheFunctionThrows(ThreadKind kind) throws Exception {
    for (Throwable failure :
        new Throwable[] {
          new IOException("an error"),
          new AssertionError("a panic"),
          new InterruptedException("a Goexit")
        }) {
      kind.run(
          () -> {
            var flight = new SingleFlight<String, String>();
            var calls = new AtomicInteger();
            Channel<Integer> release = Channel.make(0, 0);
            Channel<Object> outcomes = Channel.make(11);
            crowd(flight, calls, release, failure, outcomes);
            release.close();
            for (int i = 0; i <= 10; i++) {
              assertSame(failure, outcomes.receive());
            }
            assertEquals(1, calls.get());
          });
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneWhoWaitsCanBeInterrupted(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var flight = new SingleFlight<String, String>();
          Channel<Integer> release = Channel.make(0, 0);
          Channel<Object> outcomes = Channel.make(11);
          var crowd = crowd(flight, new AtomicInteger(), release, new Throwable("none"), outcomes);
          crowd.get(5).thread().interrupt();
          assertTrue(outcomes.receive() instanceof InterruptedException);
          release.close();
          for (int i = 0; i < 10; i++) {
            assertEquals(new SingleFlight.Result<>("bar", null, true), outcomes.receive());
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aForgottenCallGoesOnBesideANewOne(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var flight = new SingleFlight<String, Integer>();
          Channel<Integer> firstStarted = Channel.make(0, 0);
          Channel<Integer> unblockFirst = Channel.make(0, 0);
          Goroutine first =
              go(
                  () ->
                      assertEquals(
                          1,
                          flight
                              .doIt(
                                  "key",
                                  () -> {
                                    firstStarted.close();
                                    unblockFirst.receiveOk();
                                    return 1;
                                  })
                              .value()));
          firstStarted.receiveOk();
          flight.forget("key");
          Channel<Integer> unblockSecond = Channel.make(0, 0);
          var second =
              flight.doChan(
                  "key",
                  () -> {
                    unblockSecond.receiveOk();
                    return 2;
                  });
          unblockFirst.close();
          first.join(); // its end does not forget the second call
          var third = flight.doChan("key", () -> 3);
          unblockSecond.close();
          assertEquals(2, second.receive().value());
          assertEquals(2, third.receive().value());
        });
  }

  @ParameterizedTest
  @EnumSource
  void aChannelGetsTheResult(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var flight = new SingleFlight<String, String>();
          var ch = flight.doChan("key", () -> "bar");
          assertEquals(1, ch.cap());
          assertEquals(new SingleFlight.Result<>("bar", null, false), ch.receive());
          var failure = new IOException("some error");
          var r =
              flight
                  .doChan(
                      "key",
                      () -> {
                        throw failure;
                      })
                  .receive();
          assertSame(failure, r.error());
          assertSame(failure, assertThrows(IOException.class, r::<IOException>get));
        });
  }

  @ParameterizedTest
  @EnumSource
  void channelsAndCallersShareACall(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          var flight = new SingleFlight<String, String>();
          Channel<Integer> release = Channel.make(0, 0);
          var one =
              flight.doChan(
                  "key",
                  () -> {
                    release.receiveOk();
                    return "bar";
                  });
          Goroutine caller = go(() -> assertTrue(flight.doIt("key", () -> "another").shared()));
          Until.in(caller, "sync.WaitGroup.Wait");
          var two = flight.doChan("key", () -> "another");
          release.close();
          assertEquals(new SingleFlight.Result<>("bar", null, true), one.receive());
          assertEquals(new SingleFlight.Result<>("bar", null, true), two.receive());
          caller.join();
        });
  }

  @ParameterizedTest
  @EnumSource
  void anErrorBehindAChannelIsAlsoAPanic(ThreadKind kind) throws Exception {
    var handled = new ConcurrentLinkedQueue<Panic>();
    var error = new AssertionError("a panic");
    Program.builder()
        .threadFactory(kind.factory())
        .panicHandler(handled::add)
        .build()
        .run(
            () -> {
              var flight = new SingleFlight<String, String>();
              var r =
                  flight
                      .doChan(
                          "key",
                          () -> {
                            throw error;
                          })
                      .receive();
              assertSame(error, r.error());
              Until.holds(() -> !handled.isEmpty());
            });
    assertSame(error, handled.element().uncaught());
  }

  @Test
  void recursionOnTheSameKeyIsAnErrorAndNoDeadlock() throws Exception {
    var flight = new SingleFlight<String, String>();
    assertEquals(
        "SingleFlight.doIt called by the function of the same key, which would wait for itself",
        assertThrows(
                IllegalStateException.class,
                () -> flight.doIt("key", () -> flight.doIt("key", () -> "inner").value()))
            .getMessage());
    assertEquals(
        "inner", flight.doIt("key", () -> flight.doIt("other", () -> "inner").value()).value());
  }
}
