/**
 * Which part of the output a request asks for: the {@code fields} parameter, parsed and resolved against the contract, and the
 * arguments that single fields take.
 *
 * <p>Internal to the REST door.
 */
@NullMarked
package dev.gatehouse.rest.internal.fields;

import org.jspecify.annotations.NullMarked;
