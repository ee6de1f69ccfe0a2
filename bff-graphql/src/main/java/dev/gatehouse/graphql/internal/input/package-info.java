/**
 * From argument values, as GraphQL coerces them, to the JSON that composites take; and the scalars that coerce them.
 *
 * <p>Internal to the GraphQL door. Pure functions of contract types.
 */
@NullMarked
package dev.gatehouse.graphql.internal.input;

import org.jspecify.annotations.NullMarked;
