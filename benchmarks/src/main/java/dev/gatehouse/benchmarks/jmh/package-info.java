/** JMH benchmarks, run by the script {@code jmh}. */
@NullMarked
package dev.gatehouse.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
