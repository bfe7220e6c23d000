/** Select: waits for the first of several sends and receives, as Go's statement of that name. */
@NullMarked
package io.channel4j.select;

import org.jspecify.annotations.NullMarked;
