package io.channel4j.conformance.support;

import io.channel4j.Received;
import io.channel4j.TryReceived;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The operations of one channel, however they are spelled. For one thread at a time, because a loop
 * form has state: ask {@link Operators#on} once per thread.
 *
 * @param <T> the element type
 */
public interface Ops<T extends @Nullable Object> {

  void send(T value) throws InterruptedException;

  @Nullable T receive() throws InterruptedException;

  Received<T> receiveOk() throws InterruptedException;

  boolean trySend(T value);

  boolean trySend(T value, Duration timeout) throws InterruptedException;

  TryReceived<T> tryReceive();

  TryReceived<T> tryReceive(Duration timeout) throws InterruptedException;
}
