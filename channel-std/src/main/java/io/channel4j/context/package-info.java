/** Contexts: cancellation, deadlines and request values that go down a tree of calls, as in Go. */
@NullMarked
package io.channel4j.context;

import org.jspecify.annotations.NullMarked;
