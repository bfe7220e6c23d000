package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two threads make, lengthen or seal one list at the same moment: nobody who lines up is lost. */
class ListRaceTest {
  private static final int MANY = 1_000;
  private static final int ROUNDS = 40;

  private final SideBySide race = new SideBySide();
  private final WaiterList[] lists = new WaiterList[MANY];
  private final WaiterRing[] rings = new WaiterRing[MANY];
  private final Object[] ones = new Object[MANY];
  private final Object[] others = new Object[MANY];

  private static void open(@Nullable Waiter w) {
    assertNotNull(w);
    w.open(Thread.currentThread(), null);
  }

  private boolean lineUp(int i) {
    open(lists[i].reserve());
    return true;
  }

  /** Both get the same of what is made once. */
  private void made(Runnable prepare, IntFunction<Object> what) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      prepare.run();
      race.run(
          MANY,
          i -> (ones[i] = what.apply(i)) != null,
          i -> (others[i] = what.apply(i)) != null,
          (i, one, other) -> ones[i].equals(others[i]));
    }
  }

  @Test
  void channelHasOneListOfEachKind() throws Exception {
    GatedChannel<?>[] channels = new GatedChannel<?>[MANY];
    Runnable prepare = () -> Arrays.setAll(channels, i -> new UnbufferedChannel<Integer>(null));
    made(prepare, i -> channels[i].receivers());
    made(prepare, i -> channels[i].senders());
  }

  @Test
  void channelHasOneNumber() throws Exception {
    GatedChannel<?>[] channels = new GatedChannel<?>[MANY];
    made(
        () -> Arrays.setAll(channels, i -> new UnbufferedChannel<Integer>(null)),
        i -> channels[i].order());
  }

  @Test
  void cellHasOneWaiter() throws Exception {
    made(() -> Arrays.setAll(rings, i -> new WaiterRing(2, null)), i -> rings[i].at(1));
  }

  private boolean getInFront(int i) {
    Waiter w = lists[i].reserveFront();
    if (w != null) {
      open(w);
    }
    return w != null;
  }

  @Test
  void oneOfTwoGetsInFront() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(lists, i -> new WaiterList(false, null));
      race.run(
          MANY,
          this::getInFront,
          this::getInFront,
          (i, one, other) -> one != other && lists[i].count() == 1);
    }
  }

  @Test
  void bothGetIntoTheFirstRing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(lists, i -> new WaiterList(false, null));
      race.run(MANY, this::lineUp, this::lineUp, (i, one, other) -> lists[i].count() == 2);
    }
  }

  /** The first ring has eight places. */
  @Test
  void bothGetIntoTheNextRing() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < MANY; i++) {
        lists[i] = new WaiterList(false, null);
        for (int n = 0; n < 8; n++) {
          lineUp(i);
        }
      }
      race.run(MANY, this::lineUp, this::lineUp, (i, one, other) -> lists[i].count() == 10);
    }
  }

  /** One comes and goes in every place of the ring, the other stays. */
  @Test
  void whoStaysIsFoundAmongThoseWhoComeAndGo() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(lists, i -> new WaiterList(false, null));
      race.run(
          MANY,
          this::lineUp,
          i -> {
            for (int n = 0; n < 20; n++) {
              Waiter w = lists[i].reserve();
              open(w);
              if (!w.abandon()) {
                return false;
              }
              w.free();
            }
            return true;
          },
          (i, one, other) -> other && lists[i].count() == 1);
    }
  }

  /** The reserves that came before the seal are seen, and there are none after it. */
  @Test
  void sealLosesNobody() throws Exception {
    int[] got = new int[MANY];
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(rings, i -> new WaiterRing(8, null));
      race.run(
          MANY,
          i -> {
            for (got[i] = 0; got[i] < 8; got[i]++) {
              Waiter w = rings[i].reserve();
              if (w == null) {
                return true;
              }
              open(w);
            }
            return true;
          },
          i -> {
            rings[i].seal();
            return rings[i].isSealed();
          },
          (i, one, other) ->
              other && rings[i].isSealed() && rings[i].live() == got[i] && rings[i].size() == 8);
    }
  }
}
