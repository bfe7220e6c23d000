/**
 * The {@code go} statement: goroutines on virtual threads, and the program that they belong to.
 *
 * <p>{@link io.channel4j.go.Go#go go} starts a goroutine; {@link io.channel4j.go.Go#main main} runs
 * a program that ends as in Go; {@link io.channel4j.go.Program} is for other threads, other
 * policies and for tests.
 */
@NullMarked
package io.channel4j.go;

import org.jspecify.annotations.NullMarked;
