package io.channel4j.signal;

import static io.channel4j.go.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.context.Context;
import io.channel4j.go.Goroutine;
import io.channel4j.go.Program;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals that this JVM sends to itself: such as have no effect by default. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalsTest {
  private static final Signal URG = new Signal("URG");
  private static final Duration NEVER = Duration.ofMillis(20); // long enough to see a mistake often

  /** The JVM delivers signals in the order of their numbers: after WINCH and URG comes this one. */
  private static final Signal LAST = new Signal(OS.LINUX.isCurrentOs() ? "IO" : "INFO");

  /** A test may end before all that it raised has come; the next one must not see that. */
  @AfterEach
  void resetAndSettle() throws InterruptedException {
    Signals.reset();
    AtomicInteger last = new AtomicInteger();
    Object before = JvmSignals.handle(LAST, s -> last.incrementAndGet());
    JvmSignals.raise(LAST);
    Until.holds(() -> last.get() > 0); // so every earlier one has a thread by now
    JvmSignals.restore(LAST, before);
    Until.holds(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(t -> t.getName().matches("SIG[A-Z0-9]+ handler")));
  }

  @ParameterizedTest
  @EnumSource
  void everyChannelGetsTheSignalsItWants(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Signal> winch = Channel.make(1);
          Channel<Object> both = Channel.make(1);
          Signals.notify(winch, Signal.WINCH);
          Signals.notify(both, Signal.WINCH);
          Signals.notify(both, URG); // adds up
          for (int i = 0; i < 50; i++) {
            JvmSignals.raise(Signal.WINCH);
            assertEquals(Signal.WINCH, winch.receive());
            assertEquals(Signal.WINCH, both.receive());
            JvmSignals.raise(URG);
            assertEquals(URG, both.receive());
          }
          assertFalse(winch.tryReceive().isReady());
        });
  }

  @Test
  void withoutNamesAllSignalsCome() throws InterruptedException {
    Channel<Signal> c = Channel.make(1);
    Signals.notify(c);
    // Not HUP, INT and TERM: this JVM may have been started with them ignored; see SignalProcess.
    for (Signal s : List.of(Signal.USR1, Signal.WINCH, Signal.CONT, URG)) {
      JvmSignals.raise(s);
      for (Signal got = c.receive(); !got.equals(s); ) {
        got = c.receive(); // the machine may send one of its own
      }
    }
  }

  @Test
  void aFullChannelMissesSignalsAndNobodyWaits() throws InterruptedException {
    Channel<Signal> full = Channel.make(2);
    Channel<Signal> seen = Channel.make(10);
    Signals.notify(full, Signal.WINCH);
    Signals.notify(seen, Signal.WINCH);
    for (int i = 0; i < 10; i++) {
      JvmSignals.raise(Signal.WINCH);
      assertEquals(Signal.WINCH, seen.receive());
    }
    assertEquals(2, full.len());
  }

  @Test
  void stopEndsOneChannelAndTheOthersGoOn() throws InterruptedException {
    Channel<Signal> a = Channel.make(1);
    Channel<Signal> b = Channel.make(1);
    Signals.notify(a, Signal.WINCH, URG);
    Signals.notify(b, Signal.WINCH);
    Signals.stop(a);
    Signals.stop(a);
    JvmSignals.raise(Signal.WINCH);
    assertEquals(Signal.WINCH, b.receive());
    assertFalse(a.tryReceive().isReady());
    a.close(); // nothing can come any more
    JvmSignals.raise(Signal.WINCH);
    assertEquals(Signal.WINCH, b.receive());
  }

  @Test
  void ignoreAndResetTakeSignalsAway() throws InterruptedException {
    Channel<Signal> c = Channel.make(1);
    Signals.notify(c, Signal.WINCH, URG);
    assertFalse(Signals.ignored(Signal.WINCH));
    Signals.ignore(Signal.WINCH);
    assertTrue(Signals.ignored(Signal.WINCH));
    JvmSignals.raise(Signal.WINCH);
    JvmSignals.raise(URG);
    assertEquals(URG, c.receive());
    assertFalse(c.tryReceive(NEVER).isReady());
    Signals.notify(c, Signal.WINCH); // back again
    assertFalse(Signals.ignored(Signal.WINCH));
    JvmSignals.raise(Signal.WINCH);
    assertEquals(Signal.WINCH, c.receive());
    Signals.reset(URG);
    assertFalse(Signals.ignored(URG));
    JvmSignals.raise(URG); // no effect by default
    assertFalse(c.tryReceive(NEVER).isReady());
  }

  /** Go counterpart: TestAtomicStop, src/os/signal/signal_test.go. */
  @Test
  void aSignalAroundStopIsReceivedOrHasItsDefaultAction() throws Exception {
    AtomicInteger byDefault = new AtomicInteger();
    Object before = JvmSignals.handle(Signal.WINCH, s -> byDefault.incrementAndGet());
    int received = 0;
    int rounds = 500;
    for (int i = 0; i < rounds; i++) {
      Channel<Signal> c = Channel.make(rounds); // may get those of earlier rounds, too
      Signals.notify(c, Signal.WINCH);
      Goroutine stopper = go(() -> Signals.stop(c));
      JvmSignals.raise(Signal.WINCH);
      stopper.join();
      received += c.len();
    }
    int got = received;
    Until.holds(() -> got + byDefault.get() >= rounds);
    JvmSignals.restore(Signal.WINCH, before);
    assertEquals(rounds, got + byDefault.get());
  }

  @Test
  void manyThreadsChangeWhoWantsWhat() throws Exception {
    ThreadKind.VIRTUAL.run(
        () -> {
          List<Goroutine> all = new ArrayList<>();
          for (int g = 0; g < 4; g++) {
            all.add(
                go(
                    () -> {
                      for (int i = 0; i < 200; i++) {
                        Channel<Signal> c = Channel.make(1);
                        Signals.notify(c, Signal.WINCH, URG);
                        JvmSignals.raise(i % 2 == 0 ? Signal.WINCH : URG);
                        var unused = c.receive();
                        Signals.stop(c);
                      }
                    }));
          }
          for (Goroutine g : all) {
            g.join();
          }
        });
    Channel<Signal> c = Channel.make(1);
    Signals.notify(c, URG);
    JvmSignals.raise(URG);
    assertEquals(URG, c.receive());
  }

  @Test
  void channelsThatWouldLoseSignalsAreRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Signals.notify(Channel.make(), Signal.WINCH));
    assertEquals(
        "misuse of unbuffered channel as argument to Signals.notify: a signal that comes while"
            + " nobody receives would be lost; make it with Channel.make(1)",
        e.getMessage());
    var nil = assertThrows(NullPointerException.class, () -> Signals.notify(Channel.<Signal>nil()));
    assertEquals("os/signal: Notify using nil channel", nil.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUIT", "SEGV", "ILL", "FPE", "KILL", "STOP", "NOSUCH"})
  void whatTheJvmRefusesIsAnErrorThatChangesNothing(String name) throws InterruptedException {
    Channel<Signal> c = Channel.make(1);
    Signal refused = new Signal(name);
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> Signals.notify(c, Signal.WINCH, refused));
    assertTrue(Objects.requireNonNull(e.getMessage()).startsWith("SIG" + name), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Signals.ignore(Signal.WINCH, refused));
    assertThrows(
        IllegalArgumentException.class,
        () -> Signals.notifyContext(Context.background(), Signal.WINCH, refused));
    assertFalse(Signals.ignored(Signal.WINCH));
    assertFalse(Signals.ignored(refused));
    JvmSignals.raise(Signal.WINCH);
    assertFalse(c.tryReceive(NEVER).isReady());
  }

  @Test
  void aSignalForAClosedChannelIsAPanicOfTheProgram() throws Exception {
    Channel<Throwable> panics = Channel.make(1);
    Program.builder()
        .panicHandler(p -> panics.trySend(Objects.requireNonNull(p.getCause())))
        .build()
        .run(
            () -> {
              Channel<Signal> c = Channel.make(1);
              Signals.notify(c, Signal.WINCH);
              c.close();
              JvmSignals.raise(Signal.WINCH);
              assertInstanceOf(ChannelPanic.SendOnClosed.class, panics.receive());
            });
  }

  // ---- notifyContext

  @Test
  void aSignalEndsAContextAndIsItsCause() throws InterruptedException {
    try (var ctx = Signals.notifyContext(Context.background(), Signal.WINCH, URG);
        var child = Context.withCancel(ctx)) {
      assertEquals(
          "signal.NotifyContext(context.Background, [signal WINCH signal URG])", ctx.toString());
      assertNull(ctx.err());
      JvmSignals.raise(URG);
      var unused = child.done().receive();
      assertSame(Context.CANCELED, ctx.err());
      var cause = assertInstanceOf(SignalReceived.class, Context.cause(child));
      assertEquals(URG, cause.signal());
      assertEquals("signal URG signal received", cause.getMessage());
      assertSame(Context.CANCELED, cause.getCause());
    }
  }

  @Test
  void closeEndsAContextAndItsHoldOnTheSignals() throws InterruptedException {
    AtomicInteger byDefault = new AtomicInteger();
    Object before = JvmSignals.handle(Signal.WINCH, s -> byDefault.incrementAndGet());
    var ctx = Signals.notifyContext(Context.background(), Signal.WINCH);
    ctx.close();
    ctx.close();
    assertSame(Context.CANCELED, ctx.err());
    assertSame(Context.CANCELED, Context.cause(ctx));
    JvmSignals.raise(Signal.WINCH);
    Until.holds(() -> byDefault.get() > 0);
    JvmSignals.restore(Signal.WINCH, before);
  }

  @Test
  void aContextEndsWithItsParentBeforeOrAfter() throws InterruptedException {
    AtomicInteger byDefault = new AtomicInteger();
    Object before = JvmSignals.handle(Signal.WINCH, s -> byDefault.incrementAndGet());
    var parent = Context.withCancel(Context.background());
    var ctx = Signals.notifyContext(parent, Signal.WINCH);
    parent.cancel();
    var late = Signals.notifyContext(parent, Signal.WINCH);
    for (Context c : List.of(ctx, late)) {
      assertSame(Context.CANCELED, c.err());
      assertSame(Context.CANCELED, Context.cause(c));
    }
    Channel<Signal> seen = Channel.make(1);
    Signals.notify(seen, Signal.WINCH);
    JvmSignals.raise(Signal.WINCH);
    assertEquals(Signal.WINCH, seen.receive());
    Signals.stop(seen);
    ctx.close();
    assertEquals(0, byDefault.get(), "late still holds the signal");
    late.close();
    JvmSignals.raise(Signal.WINCH);
    Until.holds(() -> byDefault.get() > 0);
    JvmSignals.restore(Signal.WINCH, before);
  }

  @Test
  void manyContextsAreClosedWhileSignalsCome() throws Exception {
    ThreadKind.VIRTUAL.run(
        () -> {
          List<Goroutine> all = new ArrayList<>();
          for (int g = 0; g < 8; g++) {
            all.add(
                go(
                    () -> {
                      try (var ctx = Signals.notifyContext(Context.background(), Signal.WINCH)) {
                        JvmSignals.raise(Signal.WINCH);
                        var unused = ctx.done().receive();
                      }
                    }));
          }
          for (Goroutine g : all) {
            g.join();
          }
        });
  }
}
