/**
 * The JSON data plane: bytes are scanned once, noted as ranges and spliced into answers; nothing is built for data that only passes.
 *
 * <p>Called by the engine and the doors; depends on nothing.
 */
@NullMarked
package dev.gatehouse.runtime.json;

import org.jspecify.annotations.NullMarked;
