/**
 * Which route a request is for: path templates, strict percent-decoding, and one compiled table per door.
 *
 * <p>Internal to the REST door. Knows nothing of composites or servers.
 */
@NullMarked
package dev.gatehouse.rest.internal.routing;

import org.jspecify.annotations.NullMarked;
