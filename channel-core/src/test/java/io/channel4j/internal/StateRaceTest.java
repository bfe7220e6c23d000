package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/**
 * Two threads that change one claim or one place at the same moment: the one that comes second sees
 * the first. Both go through many claims, side by side, and fight for each.
 */
class StateRaceTest {
  private static final int MANY = 2_000;
  private static final int ROUNDS = 20;

  private final SideBySide race = new SideBySide();

  private final Waiter[] waiters = new Waiter[MANY];
  private final long[] seen = new long[MANY];
  private final Claim claim = new Claim();

  private void race(Runnable prepare, IntPredicate one, IntPredicate other, SideBySide.Check check)
      throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Arrays.setAll(waiters, i -> new Waiter());
      prepare.run();
      race.run(MANY, one, other, check);
    }
  }

  private static boolean oneOfThem(int i, boolean one, boolean other) {
    return one != other;
  }

  private void open() {
    for (Waiter w : waiters) {
      w.open(Thread.currentThread(), null);
    }
  }

  @Test
  void oneOfTwoWins() throws Exception {
    race(
        this::open,
        i -> Claims.win(waiters[i]),
        i -> Claims.win(waiters[i]),
        StateRaceTest::oneOfThem);
  }

  @Test
  void wonOrAbandoned() throws Exception {
    race(
        this::open,
        i -> Claims.win(waiters[i]),
        i -> waiters[i].abandon(),
        StateRaceTest::oneOfThem);
  }

  /** Both may succeed, the one after the other, and then an unpark is owed. */
  @Test
  void winnerOwesAnUnparkToWhoHasAnnouncedIt() throws Exception {
    race(
        this::open,
        i -> Claims.win(waiters[i]),
        i -> waiters[i].announcePark(),
        (i, won, parks) ->
            won && Claim.phase(waiters[i].state) == (parks ? Claim.WON_PARKED : Claim.WON));
  }

  @Test
  void oneOfTwoGetsTheFront() throws Exception {
    race(() -> {}, i -> waiters[i].reserve(), i -> waiters[i].reserve(), StateRaceTest::oneOfThem);
  }

  private void see() {
    for (int i = 0; i < MANY; i++) {
      seen[i] = waiters[i].state;
    }
  }

  private boolean reserve(int i, int lap) {
    return waiters[i].reserve(seen[i], Waiter.lap(lap));
  }

  @Test
  void oneOfTwoGetsThePlace() throws Exception {
    race(this::see, i -> reserve(i, 1), i -> reserve(i, 1), StateRaceTest::oneOfThem);
  }

  private boolean isDead(int i, int lap) {
    Waiter.Found found;
    do {
      found = waiters[i].look(waiters[i].state, Waiter.lap(lap), null);
    } while (found == Waiter.Found.CHANGED);
    return found == Waiter.Found.DEAD;
  }

  @Test
  void passedOrReserved() throws Exception {
    race(this::see, i -> reserve(i, 1), i -> isDead(i, 1), StateRaceTest::oneOfThem);
  }

  /** In lap 1, of an epoch that is over. */
  private void lend(Object element) {
    int epoch = claim.open(Thread.currentThread());
    see();
    for (int i = 0; i < MANY; i++) {
      assertTrue(reserve(i, 1));
      waiters[i].lend(claim, epoch, 0, element);
    }
    assertTrue(claim.abandon());
    see();
  }

  /**
   * A scan that buries a place of a loop has told it by then, before its claim is open; so no place
   * is buried whose claim is open.
   */
  @Test
  void buriedPlaceIsToldOf() throws Exception {
    var loops = new LoopClaim[MANY];
    race(
        () -> {
          Arrays.setAll(loops, i -> new LoopClaim());
          for (LoopClaim c : loops) {
            assertEquals(1, c.open(Thread.currentThread()));
          }
          lendAll(i -> loops[i], 1);
          for (LoopClaim c : loops) {
            assertTrue(c.abandon());
          }
        },
        i -> {
          long told = 0;
          do {
            int unused = loops[i].beginToOpen(Thread.currentThread());
            told |= loops[i].takeTouched();
          } while (!loops[i].opened());
          return told != 0;
        },
        i -> waiters[i].look(seen[i], Waiter.lap(1), null) == Waiter.Found.DEAD,
        (i, told, buried) -> told || !buried);
  }

  /** The old owner gives back a place that the next one takes over. */
  @Test
  void takenOverOrGivenBack() throws Exception {
    race(
        () -> {
          lend("a");
          for (int i = 0; i < MANY; i++) {
            assertTrue(isDead(i, 1));
          }
          see();
        },
        i -> {
          waiters[i].leave(Waiter.lap(1));
          return true;
        },
        i -> reserve(i, 2),
        (i, left, reserved) ->
            waiters[i].lap() == Waiter.lap(reserved ? 2 : 1) && waiters[i].isOwned() == reserved);
  }

  /**
   * Whoever sees that a place counts, in epoch 1 or 2, finds in it what its owner has put there.
   */
  private void whole(Runnable prepare, int epoch, IntConsumer owner, IntPredicate isWhole)
      throws Exception {
    race(
        prepare,
        i -> {
          owner.accept(i);
          return true;
        },
        i -> {
          for (int n = 0; n < 10_000; n++) {
            if (Claim.epoch(waiters[i].state) == epoch) {
              return isWhole.test(i);
            }
          }
          return true;
        },
        (i, one, other) -> other);
  }

  private boolean hasB(int i) {
    return "b".equals(waiters[i].value);
  }

  @Test
  void openPlaceIsWhole() throws Exception {
    whole(() -> {}, 1, i -> waiters[i].open(Thread.currentThread(), "b"), this::hasB);
  }

  @Test
  void lentPlaceIsWhole() throws Exception {
    Claim select = new Claim();
    int epoch = select.open(Thread.currentThread());
    whole(
        () -> {
          see();
          for (int i = 0; i < MANY; i++) {
            assertTrue(reserve(i, 1));
          }
        },
        epoch,
        i -> waiters[i].lend(select, epoch, 0, "b"),
        i -> waiters[i].isOf(select) && hasB(i));
  }

  // ---- marks, see WaiterList, Close

  private boolean passes(int i, ListedChannel<?> channel) {
    return waiters[i].look(seen[i], waiters[i].lap(), channel) == Waiter.Found.DEAD;
  }

  /** Who has been won is marked by whoever passes it, or sent away by the winner. */
  @Test
  void markedOrSentAway() throws Exception {
    var channel = new UnbufferedChannel<Object>(null);
    race(
        () -> {
          open();
          for (Waiter w : waiters) {
            assertTrue(Claims.win(w));
          }
          see();
        },
        i -> passes(i, channel),
        i -> waiters[i].sendAway(),
        StateRaceTest::oneOfThem);
  }

  /** The same of a select's place. */
  @Test
  void buriedWithMarkOrSentAway() throws Exception {
    var channel = new UnbufferedChannel<Object>(null);
    race(
        () -> lendAndWin(new Claim()),
        i -> passes(i, channel),
        i -> waiters[i].sendAway(),
        StateRaceTest::oneOfThem);
  }

  private void lendAndWin(Claim select) {
    int epoch = select.open(Thread.currentThread());
    lendAll(i -> select, epoch);
    assertTrue(Claims.win(select));
    see();
  }

  /** In lap 1. */
  private void lendAll(IntFunction<Claim> selects, int epoch) {
    see();
    for (int i = 0; i < MANY; i++) {
      assertTrue(reserve(i, 1));
      waiters[i].lend(selects.apply(i), epoch, 0, null);
    }
    see();
  }

  /** Who wins a select when a close sends waiters away already does not find it marked. */
  @Test
  void whoIsWonLateIsNotMarked() throws Exception {
    var claims = new Claim[MANY];
    var channels = new GatedChannel<?>[MANY];
    race(
        () -> {
          Arrays.setAll(claims, i -> new Claim());
          Arrays.setAll(channels, i -> new UnbufferedChannel<Object>(null));
          for (Claim c : claims) {
            assertEquals(1, c.open(Thread.currentThread()));
          }
          lendAll(i -> claims[i], 1);
        },
        i -> passes(i, channels[i]),
        i -> {
          channels[i].releaseWaiters(ListedChannel.RECEIVERS);
          return Claims.win(claims[i]);
        },
        (i, passed, won) -> won && (waiters[i].state & Claim.SERVED) == 0);
  }
}
