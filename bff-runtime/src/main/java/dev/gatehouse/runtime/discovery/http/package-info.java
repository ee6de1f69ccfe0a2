/** Asking registries over HTTP; for sources whose registries speak it. */
@NullMarked
package dev.gatehouse.runtime.discovery.http;

import org.jspecify.annotations.NullMarked;
