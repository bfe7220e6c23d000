/** Tests of contexts. */
@NullMarked
package io.channel4j.context;

import org.jspecify.annotations.NullMarked;
