/**
 * How scalars are written as text: what is accepted of a client, and what it is told was expected.
 *
 * <p>For the doors. Pure functions of contract types.
 */
@NullMarked
package dev.gatehouse.runtime.door.format;

import org.jspecify.annotations.NullMarked;
