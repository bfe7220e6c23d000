package io.channel4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What a thread that comes late finds: a claim in another epoch, a place in another use. */
class WaiterTest {
  private final Waiter place = new Waiter();

  private static int open(Claim claim) {
    return claim.open(Thread.currentThread());
  }

  private long reserve(int lap) {
    assertTrue(place.reserve(place.state, Waiter.lap(lap)));
    return Waiter.lap(lap);
  }

  /** Lends the place to a claim in its first epoch; gives the state that says so. */
  private long lend(Claim claim, int lap) {
    long unused = reserve(lap);
    place.lend(claim, open(claim), 0, null);
    return place.state;
  }

  @Test
  void placeIsWonInEveryRoundOfItsClaim() {
    Claim claim = new Claim();
    long seen = lend(claim, 1);
    int first = Claim.epoch(claim.state);
    assertTrue(claim.abandon());
    assertFalse(place.win(seen));
    int second = open(claim);
    assertTrue(claim.isOver(first));
    assertFalse(claim.isOver(second));
    assertEquals(Waiter.Found.LIVE, place.look(seen, Waiter.lap(1), null));
    assertTrue(place.win(seen));
    assertFalse(claim.isOver(second), "its owner has still to read the result");
  }

  /** A scan tells the claim of a loop which place it buries; of no other. */
  @Test
  void loopIsToldWhichPlaceIsBuried() {
    LoopClaim loop = new LoopClaim();
    for (int index : new int[] {0, 5, 63, 64, 130}) {
      Waiter w = new Waiter();
      assertTrue(w.reserve(w.state, Waiter.lap(1)));
      w.lend(loop, open(loop), index, null);
      assertEquals(Waiter.Found.LIVE, w.look(w.state, Waiter.lap(1), null));
      assertFalse(loop.isTouched());
      assertTrue(loop.abandon());
      assertEquals(Waiter.Found.DEAD, w.look(w.state, Waiter.lap(1), null));
      assertTrue(loop.isTouched());
      assertEquals(1L << index % 64, loop.takeTouched());
      assertEquals(0, loop.takeTouched());
    }
  }

  /** The next select is in an epoch of the same number. */
  @Test
  void scanDoesNotTakeTheNextClaimForTheOneThatItSaw() {
    Claim first = new Claim();
    long seen = lend(first, 1);
    assertTrue(first.abandon());
    place.leave(Waiter.lap(1));
    Claim next = new Claim();
    long now = lend(next, 2);
    assertEquals(Waiter.Found.CHANGED, place.look(seen, Waiter.lap(1), null));
    assertFalse(place.win(seen));
    assertTrue(next.isOpen());
    assertEquals(Waiter.Found.LIVE, place.look(now, Waiter.lap(2), null));
    assertTrue(place.win(now));
  }

  /** A scan buried the place; what becomes of it later does not make it vacant then. */
  @Test
  void vacancyIsNotJudgedByTheNextClaim() {
    Claim first = new Claim();
    int epoch = open(first);
    long unused = reserve(1);
    place.lend(first, epoch, 0, null);
    assertTrue(first.abandon());
    assertEquals(Waiter.Found.DEAD, place.look(place.state, Waiter.lap(1), null));
    long buried = place.state;
    assertTrue(place.isVacant(buried));
    Claim next = new Claim();
    long now = lend(next, 2);
    assertTrue(next.abandon());
    assertFalse(place.isVacant(buried));
    assertFalse(place.reserve(buried, Waiter.lap(3)));
    assertEquals(now, place.state);
  }

  /** The old owner has been served there and has not read what it was given. */
  @Test
  void placeIsNotVacantWhileItsOwnerHasToReadIt() {
    Claim claim = new Claim();
    long lent = lend(claim, 1);
    assertTrue(place.win(lent));
    assertEquals(Waiter.Found.DEAD, place.look(place.state, Waiter.lap(1), null));
    assertFalse(place.isVacant(place.state));
    place.value = "given";
    place.complete();
    assertFalse(place.isVacant(place.state));
    assertEquals("given", claim.winner().takeValue());
    claim.end();
    assertTrue(place.isVacant(place.state));
  }

  /** The same in a later round of a loop than the one for which it took the place. */
  @Test
  void placeIsNotVacantWhileItsOwnerHasToReadWhatItGotInALaterRound() {
    LoopClaim loop = new LoopClaim();
    long lent = lend(loop, 1);
    assertTrue(loop.abandon());
    int unused = loop.beginToOpen(Thread.currentThread());
    assertTrue(loop.opened());
    assertTrue(place.win(lent));
    assertEquals(Waiter.Found.DEAD, place.look(lent, Waiter.lap(1), null));
    assertFalse(place.isVacant(place.state));
    place.value = "given";
    place.complete();
    assertFalse(place.isVacant(place.state));
    assertEquals("given", loop.winner().takeValue());
    loop.end();
    assertTrue(place.isVacant(place.state));
  }

  @Test
  void selectLeavesOnlyItsOwnUse() {
    Claim first = new Claim();
    long unused = lend(first, 1);
    assertTrue(first.abandon());
    assertEquals(Waiter.Found.DEAD, place.look(place.state, Waiter.lap(1), null));
    long now = lend(new Claim(), 2);
    place.leave(Waiter.lap(1));
    assertEquals(now, place.state);
  }

  /** A scan that comes while a loop opens its claim tells it, and makes it begin again. */
  @Test
  void openingBeginsAgainWhereAScanComes() {
    LoopClaim loop = new LoopClaim();
    long unused = lend(loop, 1);
    assertTrue(loop.abandon());
    int first = loop.beginToOpen(Thread.currentThread());
    assertEquals(Waiter.Found.CHANGED, place.look(place.state, Waiter.lap(1), null));
    assertEquals(1, loop.takeTouched());
    assertFalse(loop.opened());
    assertTrue(loop.beginToOpen(Thread.currentThread()) > first);
    assertTrue(loop.opened());
    assertEquals(Waiter.Found.LIVE, place.look(place.state, Waiter.lap(1), null));
  }

  @Test
  void placeIsParkedWheneverItsClaimIs() {
    Claim claim = new Claim();
    long lent = lend(claim, 1);
    assertFalse(place.isParked());
    assertTrue(claim.announcePark());
    assertTrue(place.isParked());
    assertTrue(claim.abandon());
    assertFalse(place.isParked());
    int unused = open(claim);
    assertFalse(place.isParked());
    assertTrue(claim.announcePark());
    assertTrue(place.isParked());
    assertEquals(lent, place.state);
  }

  /** What its winner completes is the plain operation, not the claim of the select that had it. */
  @Test
  void plainOperationTakesOverThePlaceOfDroppedSelect() {
    Claim dropped = new Claim();
    long unused = lend(dropped, 1);
    assertTrue(dropped.abandon());
    assertEquals(Waiter.Found.DEAD, place.look(place.state, Waiter.lap(1), null));
    long lap = reserve(2);
    place.open(Thread.currentThread(), "a");
    assertEquals(Waiter.Found.LIVE, place.look(place.state, lap, null));
    assertTrue(place.win(place.state));
    assertEquals("a", place.takeElement());
    place.complete();
    assertTrue(place.isDone());
    assertFalse(dropped.isDone());
  }
}
