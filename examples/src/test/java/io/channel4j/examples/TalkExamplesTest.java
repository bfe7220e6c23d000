package io.channel4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The clock and the chat room, with real callers. */
class TalkExamplesTest {

  @Test
  void theClockTellsTwoCallersAtATime() throws Exception {
    try (var clock = ExampleProcess.start(E46Clock.class, "0", "20")) {
      int port = clock.port("clock");
      try (var one = new Caller(port);
          var two = new Caller(port)) {
        for (int i = 0; i < 2; i++) {
          assertTrue(one.hears().matches("\\d\\d:\\d\\d:\\d\\d"));
          assertTrue(two.hears().matches("\\d\\d:\\d\\d:\\d\\d"));
        }
      }
      assertEquals("a caller has left", clock.nextLine());
      assertEquals("a caller has left", clock.nextLine());
      clock.signal("TERM");
      clock.rest(143);
    }
  }

  @Test
  void everybodyInTheChatRoomHearsEverybody() throws Exception {
    try (var chat = ExampleProcess.start(E47Chat.class, "0")) {
      int port = chat.port("chat");
      try (var one = new Caller(port)) {
        String first = one.hears().replace("You are ", "");
        one.says("anybody there?"); // also makes sure that one has entered
        assertEquals(first + ": anybody there?", one.hears());
        try (var two = new Caller(port)) {
          String second = two.hears().replace("You are ", "");
          assertEquals(second + " has arrived", one.hears());
          two.says("hello");
          assertEquals(second + ": hello", one.hears());
          assertEquals(second + ": hello", two.hears());
          one.says("hello you");
          assertEquals(first + ": hello you", two.hears());
          assertEquals(first + ": hello you", one.hears());
          two.hangsUp();
          assertEquals(second + " has left", one.hears());
        }
      }
      chat.signal("TERM");
      chat.rest(143);
    }
  }
}
