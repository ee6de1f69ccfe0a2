/**
 * Further attempts of calls: retries, and hedges, under one budget.
 *
 * <p>Used by the mesh client. Everything here belongs to one event loop.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.retry;

import org.jspecify.annotations.NullMarked;
