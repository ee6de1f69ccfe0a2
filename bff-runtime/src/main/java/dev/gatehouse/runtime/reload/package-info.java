/**
 * Following the configuration while the process runs: what of a changed file holds at once, and what does not.
 *
 * <p>Used by what starts the process.
 */
@NullMarked
package dev.gatehouse.runtime.reload;

import org.jspecify.annotations.NullMarked;
