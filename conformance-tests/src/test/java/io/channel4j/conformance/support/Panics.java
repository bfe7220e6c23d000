package io.channel4j.conformance.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;

import io.channel4j.ChannelPanic;
import org.junit.jupiter.api.function.Executable;

/** That something panics, as the right class and in Go's own words. */
public final class Panics {
  private Panics() {}

  public static void sendOnClosed(Executable misuse) {
    is(assertThrowsExactly(ChannelPanic.SendOnClosed.class, misuse), "send on closed channel");
  }

  public static void closeOfClosed(Executable misuse) {
    is(assertThrowsExactly(ChannelPanic.CloseOfClosed.class, misuse), "close of closed channel");
  }

  public static void closeOfNil(Executable misuse) {
    is(assertThrowsExactly(ChannelPanic.CloseOfNil.class, misuse), "close of nil channel");
  }

  public static void sizeOutOfRange(Executable misuse) {
    is(
        assertThrowsExactly(ChannelPanic.SizeOutOfRange.class, misuse),
        "makechan: size out of range");
  }

  private static void is(ChannelPanic panic, String message) {
    assertEquals(message, panic.getMessage());
  }
}
