package io.channel4j;

/**
 * A misuse of a channel that is a run-time panic in Go. The messages are Go's own words.
 *
 * <p>As in Go, a panic tells of a bug in the program: the fix is to let only the sending side
 * close, once, after its last send.
 */
public sealed class ChannelPanic extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private ChannelPanic(String message) {
    super(message);
  }

  /** A send on a closed channel, or one that waited while the channel was closed. */
  public static final class SendOnClosed extends ChannelPanic {
    private static final long serialVersionUID = 1L;

    /** Says {@code "send on closed channel"} (Go: src/runtime/chan.go, {@code chansend}). */
    public SendOnClosed() {
      super("send on closed channel");
    }
  }

  /** A second close of a channel. */
  public static final class CloseOfClosed extends ChannelPanic {
    private static final long serialVersionUID = 1L;

    /** Says {@code "close of closed channel"} (Go: src/runtime/chan.go, {@code closechan}). */
    public CloseOfClosed() {
      super("close of closed channel");
    }
  }

  /** A close of the nil channel. */
  public static final class CloseOfNil extends ChannelPanic {
    private static final long serialVersionUID = 1L;

    /** Says {@code "close of nil channel"} (Go: src/runtime/chan.go, {@code closechan}). */
    public CloseOfNil() {
      super("close of nil channel");
    }
  }

  /** A capacity that no channel can have: it must be 0 to 2^30 (1,073,741,824) values. */
  public static final class SizeOutOfRange extends ChannelPanic {
    private static final long serialVersionUID = 1L;

    /** Says {@code "makechan: size out of range"} (Go: src/runtime/chan.go, {@code makechan}). */
    public SizeOutOfRange() {
      super("makechan: size out of range");
    }
  }
}
