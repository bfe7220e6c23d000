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
  void claimIsWonInTheEpochThatWasSeen() {
    Claim claim = new Claim();
    int first = open(claim);
    assertTrue(claim.isOpenIn(first));
    assertTrue(claim.abandon());
    assertFalse(claim.isOpenIn(first));
    assertFalse(claim.winIn(first));
    int second = open(claim);
    assertFalse(claim.isOpenIn(first));
    assertTrue(claim.isOver(first));
    assertFalse(claim.isOver(second));
    assertFalse(claim.winIn(first));
    assertTrue(claim.isOpenIn(second));
    assertTrue(claim.winIn(second));
    assertFalse(claim.isOver(second), "its owner has still to read the result");
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

  @Test
  void selectArmsAndLeavesOnlyItsOwnUse() {
    Claim first = new Claim();
    long unused = lend(first, 1);
    assertTrue(first.abandon());
    assertEquals(Waiter.Found.DEAD, place.look(place.state, Waiter.lap(1), null));
    long now = lend(new Claim(), 2);
    assertFalse(place.rearm(Waiter.lap(1), open(first), null));
    assertTrue(first.abandon());
    place.leave(Waiter.lap(1));
    assertEquals(now, place.state);
  }

  @Test
  void placeIsParkedOnlyInTheRoundForWhichItWasArmed() {
    Claim claim = new Claim();
    long lent = lend(claim, 1);
    assertFalse(place.isParked());
    assertTrue(claim.announcePark());
    assertTrue(place.isParked());
    assertTrue(claim.abandon());
    assertFalse(place.isParked());
    int second = open(claim);
    assertTrue(claim.announcePark());
    assertTrue(claim.isParkedIn(second));
    assertFalse(place.isParked());
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
