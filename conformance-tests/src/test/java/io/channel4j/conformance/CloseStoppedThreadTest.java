package io.channel4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.channel4j.Channel;
import io.channel4j.ChannelPanic;
import io.channel4j.conformance.Stops.Stop;
import io.channel4j.conformance.support.Outcome;
import io.channel4j.select.Select;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A closer that is stopped on its way along the line does not hold up those behind. */
@Tag("seam")
class CloseStoppedThreadTest extends StoppedThreads {
  enum Wait {
    RECEIVE {
      @Override
      boolean isClosed(Channel<Integer> c) throws InterruptedException {
        return !c.receiveOk().ok();
      }
    },
    SEND {
      @Override
      boolean isClosed(Channel<Integer> c) throws InterruptedException {
        try {
          c.send(1);
          return false;
        } catch (ChannelPanic.SendOnClosed e) {
          return true;
        }
      }
    },
    SELECT_RECEIVE {
      @Override
      boolean isClosed(Channel<Integer> c) throws InterruptedException {
        return Select.<Boolean>of().receive(c, (v, ok) -> !ok).await();
      }
    },
    SELECT_SEND {
      @Override
      boolean isClosed(Channel<Integer> c) throws InterruptedException {
        try {
          return Select.<Boolean>of().send(c, 1, () -> false).await();
        } catch (ChannelPanic.SendOnClosed e) {
          return true;
        }
      }
    };

    abstract boolean isClosed(Channel<Integer> c) throws InterruptedException;

    boolean sends() {
      return this == SEND || this == SELECT_SEND;
    }
  }

  private Outcome<Boolean> start(Wait wait, Channel<Integer> c, int position) {
    Outcome<Boolean> o = g.call(() -> wait.isClosed(c));
    g.awaitBlocked(c, wait.sends() ? 0 : position, wait.sends() ? position : 0);
    return o;
  }

  /**
   * The closer has let the first one go, and not woken it: the first, once awake, wakes the others.
   */
  @ParameterizedTest
  @EnumSource
  void whoLearnsOfCloseWakesTheOthers(Wait wait) {
    Channel<Integer> c = Channel.make();
    Outcome<Boolean> first = start(wait, c, 1);
    Outcome<Boolean> second = start(wait, c, 2);
    Outcome<Boolean> third = start(wait, c, 3);
    Stop closer = stops.stop("complete.done", c::close);
    LockSupport.unpark(first.thread());
    assertEquals(true, first.get());
    assertEquals(true, second.get());
    assertEquals(true, third.get());
    closer.goOn();
    g.await();
  }
}
