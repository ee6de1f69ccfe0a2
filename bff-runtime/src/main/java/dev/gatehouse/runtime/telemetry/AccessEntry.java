package dev.gatehouse.runtime.telemetry;

import dev.gatehouse.runtime.engine.Answer.Loss;
import java.util.List;

/**
 * What the access log tells of a request. Neither its path nor its query, headers or body are in it.
 *
 * @param method the HTTP method
 * @param route the template that the path matched, such as {@code /api/products/{id}}; {@code -} where none did
 * @param status the HTTP status of the answer; 499 where the client left before it
 * @param bytes of the answer's body, before compression
 * @param durationNanos from the request's arrival to the end of the answer
 * @param calls made to services
 * @param losses the parts of the answer that were lost
 * @param callerKnown whether it is known who asked; who it is stays out of the log
 */
public record AccessEntry(
    String method,
    String route,
    int status,
    long bytes,
    long durationNanos,
    int calls,
    List<Loss> losses,
    boolean callerKnown) {}
