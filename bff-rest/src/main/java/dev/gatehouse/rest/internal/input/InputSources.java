package dev.gatehouse.rest.internal.input;

import dev.gatehouse.rest.internal.routing.PathTemplate;
import java.util.Map;

/**
 * Which parts of a request may bind components.
 *
 * @param hasBody whether the method carries one: then all that neither the path nor a header binds comes from it, else from the
 *     query
 * @param headers component by header, in lower case
 * @param defaults JSON values by component
 */
public record InputSources(
    PathTemplate path, boolean hasBody, Map<String, String> headers, Map<String, byte[]> defaults) {
  public InputSources {
    headers = Map.copyOf(headers);
    defaults = Map.copyOf(defaults);
  }
}
