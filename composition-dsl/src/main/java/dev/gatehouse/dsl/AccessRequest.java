package dev.gatehouse.dsl;

import org.jspecify.annotations.Nullable;

/** What an access rule may look at. Valid while the rule runs. */
public interface AccessRequest {

  /** Who asks. */
  Caller caller();

  /** The HTTP method, in capitals. */
  String method();

  /** The path, normalised and without the query. */
  String path();

  /**
   * The first value of a request header.
   *
   * @param name in any case
   * @return null where the request has none
   */
  @Nullable String header(String name);
}
