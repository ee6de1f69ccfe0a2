/**
 * Who services are believed to be, and who this process is to them: certificates and keys as data that changes while it is used.
 *
 * <p>Used by the mesh client, one source of it per service. Thread-safe, as several event loops share it.
 */
@NullMarked
package dev.gatehouse.runtime.tls;

import org.jspecify.annotations.NullMarked;
