/**
 * The REST door: {@link dev.gatehouse.rest.RestDoor} describes routes over composites, and what is found on the class path serves
 * them.
 *
 * <p>For authors of BFFs. Everything below {@code internal} may change in any release.
 */
@NullMarked
package dev.gatehouse.rest;

import org.jspecify.annotations.NullMarked;
