package dev.gatehouse.runtime.discovery.kubernetes;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * One EndpointSlice.
 *
 * @param name in its namespace
 * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}
 */
record Slice(String name, String addressType, JsonArray endpoints, JsonArray ports) {

  /**
   * @throws ClassCastException where something is of another type
   * @throws NullPointerException where its name is missing
   */
  static Slice read(JsonObject object) {
    return new Slice(
        name(object),
        object.getString("addressType", "IPv4"),
        list(object, "endpoints"),
        list(object, "ports"));
  }

  static String name(JsonObject object) {
    String name = object.getJsonObject("metadata").getString("name");
    if (name == null) {
      throw new NullPointerException("metadata.name is missing");
    }
    return name;
  }

  private static JsonArray list(JsonObject object, String key) {
    JsonArray list = object.getJsonArray(key);
    return list == null ? new JsonArray() : list;
  }
}
