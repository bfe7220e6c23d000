@NullMarked
package io.channel4j.sync;

import org.jspecify.annotations.NullMarked;
