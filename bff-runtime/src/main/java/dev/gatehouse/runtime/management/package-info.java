/**
 * The operator's listener: health, meters, plans, and the pages that doors add.
 *
 * <p>{@link dev.gatehouse.runtime.management.Management} is made by what starts the process; BFF instances tell it when they open
 * and when they close.
 */
@NullMarked
package dev.gatehouse.runtime.management;

import org.jspecify.annotations.NullMarked;
