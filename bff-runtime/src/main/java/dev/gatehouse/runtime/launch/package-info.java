/**
 * A process that runs BFFs: options, configuration, start, and an orderly end. It owns the main thread, the process's streams and
 * its exit code, which nothing else in the runtime does.
 */
@NullMarked
package dev.gatehouse.runtime.launch;

import org.jspecify.annotations.NullMarked;
