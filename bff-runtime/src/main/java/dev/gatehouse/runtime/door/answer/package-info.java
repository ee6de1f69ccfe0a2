/**
 * What an answer's headers say: content negotiation, validators, caching, what was degraded, what took how long.
 *
 * <p>For the doors. Pure functions of the request's headers and the engine's answer.
 */
@NullMarked
package dev.gatehouse.runtime.door.answer;

import org.jspecify.annotations.NullMarked;
