/** The operating system's signals, on channels, as in Go. */
@NullMarked
package io.channel4j.signal;

import org.jspecify.annotations.NullMarked;
