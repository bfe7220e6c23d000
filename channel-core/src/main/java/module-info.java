/** Go's channels for Java. */
@SuppressWarnings("module") // the friends of the internal package are built after this module
module io.channel4j {
  requires org.jctools.core.jdk11;
  requires static transitive org.jspecify;

  exports io.channel4j;
  exports io.channel4j.internal to
      io.channel4j.select,
      io.channel4j.std,
      io.channel4j.test;
}
