/** The rules between modules and packages. A rule's {@code because} says why it exists. */
@NullMarked
package dev.gatehouse.architecture;

import org.jspecify.annotations.NullMarked;
