package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ParkerTest {
  /** A thread for which something happens whenever it looks at its interrupt status. */
  private static final class Looks extends Thread {
    private final Waiter waiter = new Waiter();
    private volatile int end = -1;
    private volatile boolean interrupted;

    @Override
    public boolean isInterrupted() {
      if (Claims.win(waiter)) {
        waiter.complete();
      }
      return super.isInterrupted();
    }

    @Override
    public void run() {
      waiter.open(this, null);
      interrupt();
      end = Parker.await(waiter, false, WaitReason.SELECT, false, 0);
      interrupted = Thread.interrupted();
    }
  }

  /** The peer wins between the look at the status and the end of the wait. */
  @Test
  void interruptStatusStaysWhereThePeerWasFirst() throws InterruptedException {
    Looks thread = new Looks();
    thread.start();
    thread.join();
    assertEquals(Parker.DONE, thread.end);
    assertTrue(thread.interrupted);
  }
}
