/** What the tests of several doors share: a door on a real socket, services that answer as told, pages of error codes. */
@NullMarked
package dev.gatehouse.testing;

import org.jspecify.annotations.NullMarked;
