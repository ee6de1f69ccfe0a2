/** A door for tests of what runs doors. */
@NullMarked
package dev.gatehouse.runtime.testdoor;

import org.jspecify.annotations.NullMarked;
