/** Goroutines, sync, context, time and signals, to go with channels and select. */
module io.channel4j.std {
  requires jdk.unsupported; // sun.misc.Signal
  requires transitive io.channel4j.select;

  exports io.channel4j.context;
  exports io.channel4j.go;
  exports io.channel4j.signal;
  exports io.channel4j.sync;
  exports io.channel4j.time;
}
