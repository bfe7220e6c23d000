/** Go's select statement for Java. */
module io.channel4j.select {
  requires transitive io.channel4j;

  exports io.channel4j.select;
}
