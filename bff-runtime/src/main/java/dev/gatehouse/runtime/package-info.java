/**
 * BFFs as verticles: {@link dev.gatehouse.runtime.BffVerticle} puts one into any Vert.x application.
 *
 * <p>For a {@code main} of one line see {@link dev.gatehouse.runtime.launch.Gatehouse}. Everything else in the runtime is used
 * from here, and knows nothing of it.
 */
@NullMarked
package dev.gatehouse.runtime;

import org.jspecify.annotations.NullMarked;
