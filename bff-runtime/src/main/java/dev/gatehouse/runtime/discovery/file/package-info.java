/** Instances listed in files that are watched. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.file;

import org.jspecify.annotations.NullMarked;
