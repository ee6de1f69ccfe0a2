/**
 * Calls over HTTP: connections, pools and exchanges on Vert.x's HTTP client.
 *
 * <p>{@link dev.gatehouse.runtime.upstream.http.HttpEndpoints} is made by the mesh client, once per service; all else is
 * package-private. Everything here belongs to one event loop, so nothing is locked.
 */
@NullMarked
package dev.gatehouse.runtime.upstream.http;

import org.jspecify.annotations.NullMarked;
