/**
 * What can be wrong with a BFF as it is written: one record per kind of mistake, each with a stable code and a page in
 * {@code docs/errors/}.
 *
 * <p>Made by the DSL and by doors; read by whoever shows them.
 */
@NullMarked
package dev.gatehouse.dsl.finding;

import org.jspecify.annotations.NullMarked;
