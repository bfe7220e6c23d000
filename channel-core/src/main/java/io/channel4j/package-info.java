/** Channels: typed conduits through which threads send and receive values, as in Go. */
@NullMarked
package io.channel4j;

import org.jspecify.annotations.NullMarked;
