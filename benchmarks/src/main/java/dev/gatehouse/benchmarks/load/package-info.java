/**
 * The load generator: one thread, one selector, as little work as a request allows, because it shares a core with the
 * services behind the server under test. For the harness only.
 */
@NullMarked
package dev.gatehouse.benchmarks.load;

import org.jspecify.annotations.NullMarked;
