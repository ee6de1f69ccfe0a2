/** Processes under test, as the operating system and the JVM's own tools see them from outside. For the harness only. */
@NullMarked
package dev.gatehouse.benchmarks.process;

import org.jspecify.annotations.NullMarked;
