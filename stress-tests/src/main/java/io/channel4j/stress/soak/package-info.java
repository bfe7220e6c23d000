/**
 * A workload that runs for as long as one likes: random programs of hundreds of goroutines, and an
 * oracle for what they send and receive.
 */
@NullMarked
package io.channel4j.stress.soak;

import org.jspecify.annotations.NullMarked;
