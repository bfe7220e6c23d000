package io.channel4j.internal;

/** A peer's part, for tests of claims. */
final class Claims {
  private Claims() {}

  /** Wins the claim unless it is not open. */
  static boolean win(Claim claim) {
    for (; ; ) {
      long s = claim.state;
      if (!Claim.isOpen(s)) {
        return false;
      }
      if (claim.winFrom(s)) {
        return true;
      }
    }
  }
}
