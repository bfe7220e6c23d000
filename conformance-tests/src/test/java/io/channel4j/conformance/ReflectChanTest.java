package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.channel4j.Channel;
import io.channel4j.Received;
import io.channel4j.TryReceived;
import io.channel4j.conformance.support.Operators;
import io.channel4j.conformance.support.Ops;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to Go's reflect/all_test.go, TestChan: two ways to speak to one channel must agree.
 * Java's methods need no reflection; here every operator speaks on one side and the plain methods
 * on the other.
 */
class ReflectChanTest {

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void operatorsAndMethodsAgreeOnABufferOfOne(Operators operators) throws Exception {
    Channel<Integer> c = Channel.make(1, 0);
    Ops<Integer> ops = operators.on(c);

    ops.send(2);
    assertEquals(2, c.receive());
    c.send(3);
    assertEquals(new Received<>(3, true), ops.receiveOk());

    assertEquals(TryReceived.notReady(), ops.tryReceive());
    c.send(4);
    assertEquals(new TryReceived<>(true, true, 4), ops.tryReceive());

    c.send(100);
    assertFalse(ops.trySend(5));
    assertEquals(100, c.receive());
    assertTrue(ops.trySend(6));
    assertEquals(6, c.receive());

    c.send(123);
    c.close();
    assertEquals(new Received<>(123, true), ops.receiveOk());
    assertEquals(new Received<>(0, false), ops.receiveOk());
  }

  @ParameterizedTest
  @MethodSource("io.channel4j.conformance.support.Matrix#operators")
  void nothingIsReadyOnALonelyUnbufferedChannel(Operators operators) {
    Channel<Integer> c = Channel.make();
    assertFalse(operators.on(c).trySend(7));
    assertEquals(TryReceived.notReady(), operators.on(c).tryReceive());
  }

  @Test
  void lenAndCap() {
    Channel<Integer> c = Channel.make(10);
    for (int i = 0; i < 3; i++) {
      assertTrue(c.trySend(i));
    }
    assertEquals(3, c.len());
    assertEquals(10, c.cap());
  }
}
