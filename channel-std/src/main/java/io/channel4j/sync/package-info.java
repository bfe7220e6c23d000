/**
 * Waiting for goroutines, doing things once, groups, a weighted semaphore and single flights: what
 * Go has in {@code sync} and {@code golang.org/x/sync} besides locks. For locks and maps use {@code
 * java.util.concurrent}; the guide says which and how they differ.
 */
@NullMarked
package io.channel4j.sync;

import org.jspecify.annotations.NullMarked;
