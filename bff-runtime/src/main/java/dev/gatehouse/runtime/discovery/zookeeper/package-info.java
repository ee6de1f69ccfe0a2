/** Instances from ZooKeeper. Opened through its settings; everything else here is its own. */
@NullMarked
package dev.gatehouse.runtime.discovery.zookeeper;

import org.jspecify.annotations.NullMarked;
