/** For tests of code that uses channels: jitter, a ledger of values, a watchdog. */
module io.channel4j.test {
  requires transitive io.channel4j;

  exports io.channel4j.test;
}
