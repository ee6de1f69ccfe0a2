/** How much one caller may cost. Doors ask before they do what costs. */
@NullMarked
package dev.gatehouse.runtime.limit;

import org.jspecify.annotations.NullMarked;
