package io.channel4j;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ReceiveChannel#receiveOk} gives: Go's {@code v, ok := <-ch}.
 *
 * @param value the value received, or the channel's zero value when {@code ok} is false
 * @param ok {@code true} if the value was sent; {@code false} if the channel is closed and drained
 * @param <T> the element type
 */
@NullUnmarked // the value is null only where null is sent, or no zero value was given
public record Received<T extends @Nullable Object>(T value, boolean ok) {}
