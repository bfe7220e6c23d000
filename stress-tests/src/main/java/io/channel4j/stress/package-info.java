/**
 * What races on channels and selects may end in. Each test is one sentence of property; its
 * outcomes say what is allowed, and everything else is forbidden.
 */
@NullMarked
package io.channel4j.stress;

import org.jspecify.annotations.NullMarked;
