package dev.gatehouse.rest.internal.openapi;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.rest.internal.input.InputBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A route as its document needs it.
 *
 * @param method in capitals
 * @param path the template
 * @param composite the composite's name
 * @param output what it answers; null for nothing
 * @param status of its success
 * @param defaultFields what is selected where a request does not say; null for all
 * @param arguments what fields of the whole output take
 * @param isOpen whether anyone may ask
 */
public record DescribedRoute(
    String method,
    String path,
    String composite,
    InputBinding input,
    @Nullable DataType output,
    int status,
    @Nullable String defaultFields,
    List<ArgumentSlot> arguments,
    boolean isOpen) {
  public DescribedRoute {
    arguments = List.copyOf(arguments);
  }
}
