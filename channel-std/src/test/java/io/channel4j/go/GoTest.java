package io.channel4j.go;

import static io.channel4j.go.Go.go;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The go statement and the handle that it gives. */
class GoTest {

  @ParameterizedTest
  @EnumSource
  void aGoroutineRunsOnTheProgramsThreads(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Thread> thread = Channel.make();
          Goroutine g = go(() -> thread.send(Thread.currentThread()));
          assertSame(g.thread(), thread.receive());
          assertEquals(kind == ThreadKind.VIRTUAL, g.thread().isVirtual());
          assertTrue(g.thread().isDaemon(), "it would keep the program alive");
        });
  }

  @ParameterizedTest
  @EnumSource
  void aGoroutineBelongsToTheProgramOfItsStarter(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Boolean> virtual = Channel.make();
          go(() -> go(() -> go(() -> virtual.send(Thread.currentThread().isVirtual()))));
          assertEquals(kind == ThreadKind.VIRTUAL, virtual.receive());
        });
  }

  @Test
  void outsideAProgramGoroutinesAreVirtualThreadsOfTheDefaultProgram() throws Exception {
    assertNull(Goroutine.current());
    Goroutine g = go(() -> {});
    assertTrue(g.thread().isVirtual());
    assertSame(Program.current(), g.program());
    g.join();
  }

  @Test
  void idsIncreaseAndNamesAreKept() throws InterruptedException {
    Goroutine a = go(() -> {});
    Goroutine b = go("crawler", () -> {});
    assertTrue(a.id() >= 1);
    assertTrue(b.id() > a.id());
    assertNull(a.name());
    assertEquals("crawler", b.name());
    assertEquals("crawler", b.thread().getName());
    assertEquals("goroutine " + a.id(), a.toString());
    assertEquals("goroutine " + b.id() + " \"crawler\"", b.toString());
    a.join();
    b.join();
  }

  @ParameterizedTest
  @EnumSource
  void currentIsTheGoroutineOfThisThread(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Goroutine> current = Channel.make();
          Goroutine g = go(() -> current.send(requireNonNull(Goroutine.current())));
          assertSame(g, current.receive());
          Goroutine main = Goroutine.current();
          assertNotNull(main);
          assertTrue(main.id() < g.id());
          assertSame(main, Goroutine.of(Thread.currentThread()));
        });
  }

  @ParameterizedTest
  @EnumSource
  void createdByIsThePlaceOfTheGoStatement(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Goroutine main = Goroutine.current();
          assertNotNull(main);
          assertEquals(List.of(), main.createdBy().stack());
          Goroutine g = starter();
          assertEquals(main.id(), g.createdBy().goroutine());
          StackTraceElement frame = g.createdBy().stack().get(0);
          assertEquals(GoTest.class.getName(), frame.getClassName());
          assertEquals("starter", frame.getMethodName());
          assertEquals("GoTest.java", frame.getFileName());
          assertTrue(
              g.createdBy()
                  .toString()
                  .startsWith(
                      "created by io.channel4j.go.GoTest.starter in goroutine " + main.id()),
              () -> g.createdBy().toString());
        });
  }

  private static Goroutine starter() {
    return go(() -> {});
  }

  @ParameterizedTest
  @EnumSource
  void stateSaysWhatItWaitsForInGoWords(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Integer> ch = Channel.make(0, 0);
          Goroutine receiver = go(ch::receive);
          Until.in(receiver, "chan receive");
          Goroutine joiner = go(receiver::join);
          Until.in(joiner, "goroutine join");
          ch.close();
          joiner.join();
          Until.in(joiner, "dead");
          Until.in(go(() -> Channel.<Integer>nil().send(1)), "chan send (nil chan)");
          Until.in(go(() -> Thread.sleep(100_000)), "waiting");
        });
  }

  @ParameterizedTest
  @EnumSource
  void joinReturnsWhenTheBodyHasEnded(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Channel<Integer> ch = Channel.make(0, 0);
          int[] plain = {0};
          Goroutine g =
              go(
                  () -> {
                    ch.receive();
                    plain[0] = 1;
                  });
          Channel<Integer> seen = Channel.make(3);
          for (int i = 0; i < 3; i++) {
            Goroutine joiner =
                go(
                    () -> {
                      g.join();
                      seen.send(plain[0]);
                    });
            Until.in(joiner, "goroutine join");
          }
          ch.close();
          for (int i = 0; i < 3; i++) {
            assertEquals(1, seen.receive());
          }
          g.join(); // and again
        });
  }

  @ParameterizedTest
  @EnumSource
  void joinIsInterruptible(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          Goroutine g = go(() -> Channel.nil().receive());
          Channel<Boolean> flag = Channel.make();
          Goroutine joiner =
              go(
                  () -> {
                    assertThrows(InterruptedException.class, g::join);
                    flag.send(Thread.currentThread().isInterrupted());
                  });
          Until.in(joiner, "goroutine join");
          joiner.thread().interrupt();
          assertFalse(flag.receive());
          Thread.currentThread().interrupt();
          assertThrows(InterruptedException.class, g::join);
        });
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensBeforeGoHappensBeforeTheBody(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          int[] plain = {0};
          plain[0] = 42;
          go(() -> assertEquals(42, plain[0])).join();
        });
  }

  @Test
  void nullsAreRefused() {
    assertEquals(
        "body", assertThrows(NullPointerException.class, () -> go(nothing())).getMessage());
    assertEquals(
        "name",
        assertThrows(NullPointerException.class, () -> go(nothing(), () -> {})).getMessage());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void aHandleDoesNotKeepWhatTheBodyHadCaptured() throws InterruptedException {
    var ref = new WeakReference<>(new Object());
    Goroutine g = capturing(ref);
    g.join();
    Until.collected(ref);
    assertTrue(g.id() > 0);
  }

  private static Goroutine capturing(WeakReference<Object> ref) {
    Object captured = ref.get();
    return go(() -> assertNotNull(captured));
  }
}
