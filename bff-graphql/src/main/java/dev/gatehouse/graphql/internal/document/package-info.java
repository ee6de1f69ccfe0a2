/**
 * Documents that clients name instead of sending them: those of a manifest, and those that were registered by their hashes.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.document;

import org.jspecify.annotations.NullMarked;
