/**
 * GraphQL over HTTP: what a request asks for, and in which media type it is answered.
 *
 * <p>Internal to the GraphQL door.
 */
@NullMarked
package dev.gatehouse.graphql.internal.http;

import org.jspecify.annotations.NullMarked;
