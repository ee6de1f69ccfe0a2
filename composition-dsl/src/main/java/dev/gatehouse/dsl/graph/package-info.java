/**
 * What a composite is once written: an immutable data-flow graph. Written by the DSL, read by the planner.
 *
 * <p>BFF authors do not need this package; tools that draw, check or run composites do.
 */
@NullMarked
package dev.gatehouse.dsl.graph;

import org.jspecify.annotations.NullMarked;
