/** Timers, tickers and sleep whose times come on channels, as in Go. */
@NullMarked
package io.channel4j.time;

import org.jspecify.annotations.NullMarked;
