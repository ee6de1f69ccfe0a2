/**
 * What a REST door looks like from outside: an OpenAPI 3.1 document derived from the routes and their contracts, and a page to read
 * it in a browser.
 *
 * <p>Internal to the REST door. Pure functions of the door's description.
 */
@NullMarked
package dev.gatehouse.rest.internal.openapi;

import org.jspecify.annotations.NullMarked;
