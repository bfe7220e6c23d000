/** Tests of timers. */
@NullMarked
package io.channel4j.time;

import org.jspecify.annotations.NullMarked;
