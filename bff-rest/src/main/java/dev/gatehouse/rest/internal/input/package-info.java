/**
 * From a request to a composite's input: path, query, header and body parameters, bound to the input's components by name and
 * checked against the contract, every fault at once.
 *
 * <p>Internal to the REST door.
 */
@NullMarked
package dev.gatehouse.rest.internal.input;

import org.jspecify.annotations.NullMarked;
