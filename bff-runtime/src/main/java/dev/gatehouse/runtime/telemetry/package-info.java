/**
 * What the runtime tells its operator: meters (Micrometer) and the access log. {@code docs/observability.md} lists every name.
 *
 * <p>{@link dev.gatehouse.runtime.telemetry.Metrics} belongs to the process, {@link dev.gatehouse.runtime.telemetry.Telemetry}
 * to one BFF instance and its event loop. Used by doors, the engine's callers and the launcher.
 */
@NullMarked
package dev.gatehouse.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
