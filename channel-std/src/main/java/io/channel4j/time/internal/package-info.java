/** What timers and deadlines share; not exported. */
@NullMarked
package io.channel4j.time.internal;

import org.jspecify.annotations.NullMarked;
