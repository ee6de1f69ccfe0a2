/**
 * Calls over HTTP: connections, pools and exchanges on Vert.x's HTTP client.
 *
 * <p>{@link dev.gatehouse.runtime.upstream.http.HttpUpstreams} is made by whatever starts a BFF, once per instance; all else is
 * package-private. Everything here belongs to one event loop, so nothing is locked.
 */
@NullMarked
package dev.gatehouse.runtime.upstream.http;

import org.jspecify.annotations.NullMarked;
