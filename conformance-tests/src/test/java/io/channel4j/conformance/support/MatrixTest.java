package io.channel4j.conformance.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that runs at every capacity, on both kinds of thread, through every operator. Its
 * parameters are {@code (int capacity, ThreadKind kind, Operators operators)}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "capacity {0}, {1}, {2}")
@MethodSource("io.channel4j.conformance.support.Matrix#all")
public @interface MatrixTest {}
