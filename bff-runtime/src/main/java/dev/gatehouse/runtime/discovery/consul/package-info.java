/** Instances from Consul. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.consul;

import org.jspecify.annotations.NullMarked;
