/**
 * What of an answer follows its first part: which parts can be told when, and how they are written. Knows no transport.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.incremental;

import org.jspecify.annotations.NullMarked;
