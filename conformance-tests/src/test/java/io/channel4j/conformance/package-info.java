/** What Go's own tests demand of channels and select, tested afresh. */
@NullMarked
package io.channel4j.conformance;

import org.jspecify.annotations.NullMarked;
