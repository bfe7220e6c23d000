/** What the aids for tests promise. */
@NullMarked
package io.channel4j.test;

import org.jspecify.annotations.NullMarked;
