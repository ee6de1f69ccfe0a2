/**
 * Makes a cold process warm before it opens, by running a rehearsal on a loopback address. Used by the launcher alone.
 */
@NullMarked
package dev.gatehouse.runtime.warmup;

import org.jspecify.annotations.NullMarked;
