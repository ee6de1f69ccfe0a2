/**
 * What a door's module implements, {@code DoorProvider}, found by {@link java.util.ServiceLoader}; and what every door and the
 * verticle say to clients when something is wrong, {@link dev.gatehouse.runtime.door.Problem}.
 */
@NullMarked
package dev.gatehouse.runtime.door;

import org.jspecify.annotations.NullMarked;
