package io.channel4j.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.std.support.ThreadKind;
import io.channel4j.std.support.Until;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Go: sync/oncefunc_test.go. */
class OnceFuncTest {

  @Test
  void aFunctionRunsOnce() {
    var calls = new AtomicInteger();
    var f = new OnceFunc(calls::incrementAndGet);
    Runnable runnable = f::run;
    for (int i = 0; i < 10; i++) {
      runnable.run();
    }
    assertEquals(1, calls.get());
  }

  @Test
  void aValueIsComputedOnce() {
    var calls = new AtomicInteger();
    var f = new OnceValue<>(calls::incrementAndGet);
    Supplier<Integer> supplier = f::get;
    for (int i = 0; i < 10; i++) {
      assertEquals(1, supplier.get());
    }
    assertEquals(1, calls.get());
  }

  @Test
  void twoValuesAreComputedOnce() {
    var calls = new AtomicInteger();
    var f =
        new OnceValues<>(
            () -> new OnceValues.Values<>(calls.incrementAndGet(), calls.incrementAndGet()));
    for (int i = 0; i < 10; i++) {
      assertEquals(1, f.get().first());
      assertEquals(2, f.get().second());
    }
    assertEquals(2, calls.get());
  }

  @Test
  void nullIsAValue() {
    var calls = new AtomicInteger();
    var f =
        new OnceValue<Object>(
            () -> {
              calls.incrementAndGet();
              return nothing();
            });
    assertNull(f.get());
    assertNull(f.get());
    assertEquals(1, calls.get());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void whatItThrewIsThrownInEveryCallAsTheSameObject() {
    var calls = new AtomicInteger();
    var func =
        new OnceFunc(
            () -> {
              throw new IOException("call " + calls.incrementAndGet());
            });
    var value =
        new OnceValue<Integer>(
            () -> {
              throw new IllegalStateException("call " + calls.incrementAndGet());
            });
    var values =
        new OnceValues<Integer, Integer>(
            () -> {
              throw new AssertionError("call " + calls.incrementAndGet());
            });
    sameEveryTime(func::run, "call 1");
    sameEveryTime(value::get, "call 2");
    sameEveryTime(values::get, "call 3");
    assertEquals(3, calls.get());
  }

  private static void sameEveryTime(Executable call, String message) {
    Throwable first = assertThrows(Throwable.class, call);
    assertEquals(message, first.getMessage());
    StackTraceElement[] trace = first.getStackTrace();
    assertTrue(
        Arrays.stream(trace).anyMatch(e -> e.getMethodName().startsWith("lambda$whatItThrew")),
        "the trace leads to the function");
    for (int i = 0; i < 3; i++) {
      assertSame(first, assertThrows(Throwable.class, call));
      assertArrayEquals(trace, first.getStackTrace());
    }
  }

  @Test
  void aCheckedExceptionIsDeclaredByTheCaller() {
    var value =
        new OnceValue<Integer>(
            () -> {
              throw new IOException("disk");
            });
    try {
      int unused = value.<IOException>get();
    } catch (IOException e) {
      assertEquals("disk", e.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void concurrentCallersGetTheOneResult(ThreadKind kind) throws Exception {
    kind.run(
        () -> {
          for (int round = 0; round < 200; round++) {
            var value = new OnceValue<>(Object::new);
            var got = new Object[8];
            var wg = new WaitGroup();
            for (int i = 0; i < got.length; i++) {
              int k = i;
              wg.go(() -> got[k] = value.get());
            }
            wg.await();
            for (Object o : got) {
              assertSame(got[0], o);
            }
          }
        });
  }

  @Test
  void recursionIsAnErrorInEveryCall() {
    var self = new OnceValue<?>[1];
    var value = new OnceValue<Object>(() -> self[0].get());
    self[0] = value;
    for (int i = 0; i < 2; i++) {
      assertEquals(
          "Once.doIt called by its own action, which would wait for itself",
          assertThrows(IllegalStateException.class, value::get).getMessage());
    }
  }

  @Test
  void theFunctionIsFreeAfterTheCall() throws InterruptedException {
    for (boolean fails : new boolean[] {false, true}) {
      var refs = List.of(new WeakReference<>(new Object()), new WeakReference<>(new Object()));
      var func = func(refs.get(0), fails);
      var value = value(refs.get(1), fails);
      for (var ref : refs) {
        System.gc();
        assertTrue(ref.get() != null, "before the call it is needed");
      }
      if (fails) {
        assertThrows(IOException.class, func::run);
        assertThrows(IOException.class, value::get);
      } else {
        func.run();
        assertEquals(1, value.get());
      }
      for (var ref : refs) {
        Until.collected(ref);
      }
      if (!fails) {
        func.run();
        assertEquals(1, value.get());
      }
    }
  }

  private static OnceFunc func(WeakReference<Object> ref, boolean fails) {
    Object captured = ref.get();
    return new OnceFunc(
        () -> {
          assertTrue(captured != null);
          if (fails) {
            throw new IOException();
          }
        });
  }

  private static OnceValue<Integer> value(WeakReference<Object> ref, boolean fails) {
    Object captured = ref.get();
    return new OnceValue<>(
        () -> {
          assertTrue(captured != null);
          if (fails) {
            throw new IOException();
          }
          return 1;
        });
  }
}
