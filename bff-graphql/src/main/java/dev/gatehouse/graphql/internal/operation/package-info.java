/**
 * From documents to plans: parsed, kept within limits, validated, with fragments spread and fields merged, and remembered.
 *
 * <p>Internal to the GraphQL door. Everything here is confined to one event loop or immutable.
 */
@NullMarked
package dev.gatehouse.graphql.internal.operation;

import org.jspecify.annotations.NullMarked;
