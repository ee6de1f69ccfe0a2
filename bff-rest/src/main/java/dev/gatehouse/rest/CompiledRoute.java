package dev.gatehouse.rest;

import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.rest.internal.fields.FieldsResolver;
import dev.gatehouse.rest.internal.fields.ResolvedFields;
import dev.gatehouse.rest.internal.input.InputBinding;
import dev.gatehouse.rest.internal.openapi.DescribedRoute;
import dev.gatehouse.rest.internal.routing.PathTemplate;
import org.jspecify.annotations.Nullable;

/**
 * A route that can be served. Immutable.
 *
 * @param output what the composite answers; null for nothing
 * @param fields resolves what requests select
 * @param whole what is answered where a request does not select
 * @param status of success
 */
record CompiledRoute(
    RouteSpec spec,
    PathTemplate path,
    InputBinding input,
    @Nullable DataType output,
    FieldsResolver fields,
    ResolvedFields whole,
    int status) {

  DescribedRoute described() {
    return new DescribedRoute(
        spec.method().name(),
        path.source(),
        spec.composite().name(),
        input,
        output,
        status,
        spec.select(),
        whole.arguments(),
        spec.access() != null && spec.access().open());
  }
}
