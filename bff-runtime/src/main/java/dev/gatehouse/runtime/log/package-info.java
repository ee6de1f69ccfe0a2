/** How a log line tells its fields to people and to machines. Used by whatever logs what operators search for. */
@NullMarked
package dev.gatehouse.runtime.log;

import org.jspecify.annotations.NullMarked;
