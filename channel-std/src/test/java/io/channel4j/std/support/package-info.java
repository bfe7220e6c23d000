/** What the tests of this module share. */
@NullMarked
package io.channel4j.std.support;

import org.jspecify.annotations.NullMarked;
