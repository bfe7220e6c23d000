/** What is measured. */
package io.channel4j.benchmarks.peers;
