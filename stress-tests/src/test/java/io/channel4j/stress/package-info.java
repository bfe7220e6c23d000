/**
 * Lincheck: answers against a specification run by one thread, and programs schedule by schedule.
 */
@NullMarked
package io.channel4j.stress;

import org.jspecify.annotations.NullMarked;
