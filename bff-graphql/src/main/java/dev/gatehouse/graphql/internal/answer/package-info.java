/**
 * What clients are told: errors with their codes, and the bytes of an answer.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.answer;

import org.jspecify.annotations.NullMarked;
