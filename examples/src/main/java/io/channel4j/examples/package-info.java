/**
 * One {@code main} per idea, numbered; {@code ./run-example} lists and runs them.
 *
 * <p>Null-unmarked: as in Go, {@code int v = ch.receive()} is all that is written where the zero
 * value is 0, although a checker of nullness cannot see that.
 */
@NullUnmarked
package io.channel4j.examples;

import org.jspecify.annotations.NullUnmarked;
