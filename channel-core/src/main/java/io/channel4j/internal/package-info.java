/** How channels work. Not API: only the other modules of channel4j may use it. */
@NullMarked
package io.channel4j.internal;

import org.jspecify.annotations.NullMarked;
