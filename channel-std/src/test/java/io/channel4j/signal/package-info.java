/** Tests of signals. */
@NullMarked
package io.channel4j.signal;

import org.jspecify.annotations.NullMarked;
