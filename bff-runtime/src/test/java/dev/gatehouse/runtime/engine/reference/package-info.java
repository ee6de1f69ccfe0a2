/**
 * What composites mean, computed without the engine: a naive interpreter of graphs, services that answer and fail as a seed says,
 * and random composites to hold the engine against it.
 */
@NullMarked
package dev.gatehouse.runtime.engine.reference;

import org.jspecify.annotations.NullMarked;
