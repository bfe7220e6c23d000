/** JMH benchmarks of this library alone, for work on single operations and for its profilers. */
package io.channel4j.benchmarks.jmh;
