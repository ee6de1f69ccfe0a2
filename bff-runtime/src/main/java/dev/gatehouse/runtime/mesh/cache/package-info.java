/**
 * Uses answers to safe calls more than once: while they are on their way, as long as they are fresh (RFC 9111), and where the service
 * fails (RFC 5861).
 *
 * <p>Used by the chain of layers, confined to one event loop; what is stored is shared by all instances of a BFF.
 */
@NullMarked
package dev.gatehouse.runtime.mesh.cache;

import org.jspecify.annotations.NullMarked;
