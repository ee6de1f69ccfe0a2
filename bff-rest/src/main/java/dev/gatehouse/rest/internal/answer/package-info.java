/**
 * What an answer's headers say: content negotiation, validators, caching, what was degraded, what took how long.
 *
 * <p>Internal to the REST door. Pure functions of the request's headers and the engine's answer.
 */
@NullMarked
package dev.gatehouse.rest.internal.answer;

import org.jspecify.annotations.NullMarked;
