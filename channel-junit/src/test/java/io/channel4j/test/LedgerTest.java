package io.channel4j.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger();
  private final Ledger.Source source = ledger.source("a");
  private final Ledger.Sink sink = ledger.sink("x");

  private long sent() {
    long value = source.next();
    source.sent(value);
    return value;
  }

  private void complains(String... parts) {
    String message = String.valueOf(assertThrows(AssertionError.class, ledger::check).getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void allIsWell() {
    Ledger.Sink other = ledger.sink("y");
    long first = sent();
    long second = sent();
    sink.received(second);
    other.received(first);
    long refused = source.next();
    source.refused(refused);
    ledger.check();
    assertEquals(2, ledger.sent());
    assertEquals(2, ledger.received());
  }

  @Test
  void whatIsInDoubtMayBeReceivedOrNot() {
    sink.received(source.next());
    assertEquals(1, source.next());
    ledger.check();
  }

  @Test
  void aValueIsLost() {
    sink.received(sent());
    sent();
    complains("1 wrong", "a sent 1, which is lost");
  }

  @Test
  void aValueIsDoubled() {
    long value = sent();
    sink.received(value);
    ledger.sink("y").received(value);
    complains("y received 0 of a for a second time");
  }

  @Test
  void aRefusedValueIsReceived() {
    long value = source.next();
    source.refused(value);
    sink.received(value);
    complains("x received 0 of a, which was refused");
  }

  @Test
  void aValueOvertakesAnother() {
    long first = sent();
    sink.received(sent());
    sink.received(first);
    complains("x received 0 of a after 1");
  }

  @Test
  void aValueComesFromNowhere() {
    sink.received(0);
    sink.received(-1);
    sink.received(Long.MAX_VALUE);
    complains("3 wrong", "x received 0, which no source made", "x received -1, which");
  }

  @Test
  void manyComplaintsAreCountedAndTheFirstAreNamed() {
    for (int i = 0; i < 25; i++) {
      sent();
    }
    complains("25 wrong", "a sent 19, which is lost", "and 5 more");
  }

  @Test
  void aValueIsEitherSentOrRefusedAndIsTheSourcesOwn() {
    long value = sent();
    assertThrows(IllegalArgumentException.class, () -> source.refused(value));
    assertThrows(IllegalArgumentException.class, () -> source.sent(7));
    long other = ledger.source("b").next();
    assertThrows(IllegalArgumentException.class, () -> source.sent(other));
  }
}
