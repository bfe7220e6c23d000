/** What the conformance tests share: goroutines that fail loudly, operators, and their products. */
@NullMarked
package io.channel4j.conformance.support;

import org.jspecify.annotations.NullMarked;
