package io.channel4j;

import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * What a receive that need not succeed gives. The answers are told apart by two flags, never by the
 * value, because null and zero are ordinary elements:
 *
 * <table>
 * <caption>The answers of a try-receive</caption>
 * <tr><th>answer</th><th>isReady</th><th>ok</th><th>value</th></tr>
 * <tr><td>not ready (Go's default case)</td><td>false</td><td>false</td><td>null</td></tr>
 * <tr><td>a value was received</td><td>true</td><td>true</td><td>the value, which may be null</td></tr>
 * <tr><td>closed and drained</td><td>true</td><td>false</td><td>the channel's zero value</td></tr>
 * </table>
 *
 * @param isReady whether the receive could go ahead: with a value, or because the channel is closed
 * @param ok {@code true} only if a sent value was received
 * @param value the value received, the zero value if closed, null if not ready
 * @param <T> the element type
 */
@NullUnmarked // the value is null only where null is sent, or no zero value was given
public record TryReceived<T extends @Nullable Object>(boolean isReady, boolean ok, T value) {

  private static final TryReceived<?> NOT_READY =
      new TryReceived<@Nullable Object>(false, false, null);

  /**
   * The answer "not ready".
   *
   * @param <T> the element type
   * @return the one instance that says so
   */
  @SuppressWarnings("unchecked") // holds no T
  public static <T extends @Nullable Object> TryReceived<T> notReady() {
    return (TryReceived<T>) NOT_READY;
  }
}
