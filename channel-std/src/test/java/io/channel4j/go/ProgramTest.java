package io.channel4j.go;

import static io.channel4j.go.Go.go;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a program ends, and what is done about panics. */
class ProgramTest {

  private static Program program(ThreadKind kind, PanicHandler handler) {
    return Program.builder().threadFactory(kind.factory()).panicHandler(handler).build();
  }

  @ParameterizedTest
  @EnumSource
  void othersAreNotWaitedForWhenMainReturns(ThreadKind kind) throws Exception {
    Channel<Integer> never = Channel.make();
    Channel<Goroutine> left = Channel.make(1);
    kind.run(() -> left.send(go(never::receive)));
    Goroutine g = left.receive();
    g.join(); // it was interrupted
    assertEquals(0, never.len());
  }

  @ParameterizedTest
  @EnumSource
  void whatMainThrowsIsThrown(ThreadKind kind) {
    var thrown = new IOException("disk");
    assertSame(
        thrown,
        assertThrows(
            IOException.class,
            () ->
                kind.run(
                    () -> {
                      throw thrown;
                    })));
  }

  @ParameterizedTest
  @EnumSource
  void aPanicFailsTheProgramThatOwnsTheGoroutine(ThreadKind kind) throws Exception {
    Queue<Panic> handled = new ConcurrentLinkedQueue<>();
    Queue<Object> interrupted = new ConcurrentLinkedQueue<>();
    var program =
        program(
            kind,
            panic -> {
              handled.add(panic);
              panic.goroutine().program().fail(panic);
            });
    Channel<Goroutine> main = Channel.make(1);
    var panic =
        assertThrowsExactly(
            Panic.class,
            () ->
                program.run(
                    () -> {
                      main.send(requireNonNull(Goroutine.current()));
                      go(
                          "broken",
                          () -> {
                            throw new IOException("boom");
                          });
                      try {
                        Channel.nil().receive();
                      } catch (InterruptedException e) {
                        interrupted.add("main");
                        throw e;
                      }
                    }));
    assertEquals(List.of(panic), List.copyOf(handled));
    assertEquals("boom", panic.uncaught().getMessage());
    assertSame(panic.uncaught(), panic.getCause());
    assertEquals("broken", panic.goroutine().name());
    assertEquals(panic.goroutine() + ": java.io.IOException: boom", panic.getMessage());
    main.receive().join();
    assertEquals(List.of("main"), List.copyOf(interrupted));
  }

  @ParameterizedTest
  @EnumSource
  void aProgramDoesNotWaitForAMainThatDoesNotListen(ThreadKind kind) throws Exception {
    Channel<Integer> release = Channel.make();
    Channel<Integer> listening = Channel.make(1);
    assertThrowsExactly(
        Panic.class,
        () ->
            kind.run(
                () -> {
                  go(
                      () -> {
                        throw new AssertionError();
                      });
                  for (; ; ) {
                    try {
                      release.receive();
                      listening.send(1);
                      return;
                    } catch (InterruptedException e) {
                      // goes on, as main must not
                    }
                  }
                }));
    release.close();
    listening.receive();
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerMayLetTheProgramGoOn(ThreadKind kind) throws Exception {
    Queue<Panic> handled = new ConcurrentLinkedQueue<>();
    program(kind, handled::add)
        .run(
            () -> {
              Goroutine g =
                  go(
                      () -> {
                        throw new IllegalStateException("ignored");
                      });
              g.join();
              assertEquals(1, handled.size(), "join returns after the handler");
            });
    assertEquals("ignored", handled.element().uncaught().getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerThatThrowsFailsTheProgram(ThreadKind kind) {
    var inHandler = new IllegalStateException("in the handler");
    var panic =
        assertThrowsExactly(
            Panic.class,
            () ->
                Silent.err(
                    () ->
                        program(
                                kind,
                                p -> {
                                  throw inHandler;
                                })
                            .run(
                                () -> {
                                  go(
                                      () -> {
                                        throw new IOException("boom");
                                      });
                                  Channel.nil().receive();
                                })));
    assertEquals("boom", panic.uncaught().getMessage());
    assertEquals(List.of(inHandler), List.of(panic.getSuppressed()));
  }

  @Test
  void theGlobalHandlerServesProgramsWithoutOne() throws Exception {
    Queue<Panic> handled = new ConcurrentLinkedQueue<>();
    Go.panicHandler(handled::add);
    try {
      go(() -> {
            throw new IOException("in the default program");
          })
          .join();
    } finally {
      Go.panicHandler(null);
    }
    assertEquals("in the default program", handled.element().uncaught().getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedGoroutineEndsWithoutAPanic(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Goroutine receiver = go(() -> Channel.nil().receive());
          Goroutine iterator = go(() -> Channel.<Object>nil().forEach(v -> {}));
          for (Goroutine g : List.of(receiver, iterator)) {
            Until.in(g, "chan receive (nil chan)");
            g.thread().interrupt();
            g.join();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void aCancellationThatIsNoAnswerToAnInterruptIsAPanic(ThreadKind kind) {
    assertThrowsExactly(
        Panic.class,
        () ->
            kind.run(
                () -> {
                  go(
                      () -> {
                        throw new CancellationException("of something else");
                      });
                  Channel.nil().receive();
                }));
  }

  @ParameterizedTest
  @EnumSource
  void interruptingTheCallerOfRunEndsTheProgram(ThreadKind kind) throws Exception {
    Channel<Goroutine> inner = Channel.make(1);
    ThreadKind.VIRTUAL.run(
        () -> {
          Goroutine caller =
              go(
                  () ->
                      assertThrows(
                          InterruptedException.class,
                          () ->
                              kind.run(
                                  () -> {
                                    inner.send(requireNonNull(Goroutine.current()));
                                    Channel.nil().receive();
                                  })));
          Goroutine main = inner.receive();
          Until.in(main, "chan receive (nil chan)");
          Until.in(caller, "goroutine join");
          caller.thread().interrupt();
          caller.join();
          main.join();
        });
  }

  @Test
  void aProgramRunsOnce() throws Exception {
    var program = Program.builder().build();
    program.run(() -> {});
    assertEquals(
        "a program runs once: build another one",
        assertThrows(IllegalStateException.class, () -> program.run(() -> {})).getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void theReportReadsLikeGo(ThreadKind kind) throws Exception {
    Queue<Panic> handled = new ConcurrentLinkedQueue<>();
    program(kind, handled::add).run(() -> starter().join());
    Panic panic = handled.element();
    List<String> lines = panic.report().lines().toList();
    long id = panic.goroutine().id();
    assertEquals(
        List.of(
            "panic: java.lang.IllegalStateException: first line",
            "second line",
            "",
            "goroutine " + id + " [running]:"),
        lines.subList(0, 4));
    assertTrue(lines.get(4).startsWith("\tat io.channel4j.go.ProgramTest."), panic::report);
    int created =
        lines.indexOf(
            "created by io.channel4j.go.ProgramTest.starter in goroutine "
                + panic.goroutine().createdBy().goroutine());
    assertTrue(created > 4, panic::report);
    assertTrue(
        lines
            .get(created + 1)
            .startsWith("\tat io.channel4j.go.ProgramTest.starter(ProgramTest.java:"),
        panic::report);
  }

  private static Goroutine starter() {
    return go(
        () -> {
          throw new IllegalStateException("first line\nsecond line");
        });
  }
}
