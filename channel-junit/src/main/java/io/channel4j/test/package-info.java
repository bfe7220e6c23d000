/**
 * For tests of code that uses channels.
 *
 * <ul>
 *   <li>{@link io.channel4j.test.Jitter} holds threads up at random, also between the steps of the
 *       channels' own operations, so that rare schedules come up.
 *   <li>{@link io.channel4j.test.Ledger} says whether every value that was sent was received once,
 *       and in order.
 *   <li>{@link io.channel4j.test.Watchdog} runs the threads of a test, and dumps where each of them
 *       stands when none gets on.
 * </ul>
 *
 * <p>They need no test framework, and go with any.
 */
@NullMarked
package io.channel4j.test;

import org.jspecify.annotations.NullMarked;
