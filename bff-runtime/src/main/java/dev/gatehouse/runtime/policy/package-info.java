/**
 * How the calls to a service are treated, as immutable data that any source may replace at run time: the configuration, the
 * operator, a control plane.
 *
 * <p>Read by the mesh client. Nothing here acts.
 */
@NullMarked
package dev.gatehouse.runtime.policy;

import org.jspecify.annotations.NullMarked;
