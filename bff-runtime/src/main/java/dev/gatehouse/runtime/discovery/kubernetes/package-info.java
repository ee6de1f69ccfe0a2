/** Instances from Kubernetes. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.kubernetes;

import org.jspecify.annotations.NullMarked;
