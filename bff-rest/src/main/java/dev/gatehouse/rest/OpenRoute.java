package dev.gatehouse.rest;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.rest.internal.fields.ArgumentSlot;
import dev.gatehouse.rest.internal.input.InputBindingCompiler;
import dev.gatehouse.rest.internal.input.Parameter;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.door.Problem.In;
import dev.gatehouse.runtime.engine.Compositions;
import dev.gatehouse.runtime.telemetry.RouteMeter;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A route of an open door, with everything resolved that requests have in common. Confined to one event loop. */
final class OpenRoute {
  private final CompiledRoute compiled;
  private final Access access;
  private final Selected whole;
  private final RouteMeter meter;
  private final long budgetNanos;
  private final @Nullable CharSequence vary;
  private final @Nullable CharSequence varyByCaller;

  OpenRoute(
      CompiledRoute compiled, Compositions compositions, RouteMeter meter, BffSettings settings) {
    this.compiled = compiled;
    this.access =
        Objects.requireNonNull(compiled.spec().access(), "a route without a rule is never opened");
    this.meter = meter;
    this.whole = new Selected(
        compositions.plan(compiled.spec().composite(), compiled.whole().selection()),
        compiled.whole().arguments());
    Duration own = compiled.spec().composite().deadline();
    this.budgetNanos = (own == null ? settings.limits().requestTimeout() : own).toNanos();
    List<String> names = new ArrayList<>();
    if (settings.compression().enabled()) {
      names.add("accept-encoding");
    }
    for (Parameter parameter : compiled.input().parameters()) {
      if (parameter.in() == In.HEADER) {
        names.add(parameter.name());
      }
    }
    this.vary = list(names);
    names.add("authorization");
    names.add("accept-language");
    this.varyByCaller = list(names);
  }

  private static @Nullable CharSequence list(List<String> names) {
    return names.isEmpty() ? null : HttpHeaders.createOptimized(String.join(", ", names));
  }

  CompiledRoute compiled() {
    return compiled;
  }

  Access access() {
    return access;
  }

  /** What is answered where a request does not select. */
  Selected whole() {
    return whole;
  }

  RouteMeter meter() {
    return meter;
  }

  /** How long a request may take. */
  long budgetNanos() {
    return budgetNanos;
  }

  /** The template, for logs. */
  String path() {
    return compiled.path().source();
  }

  /** Whether who asks decides about the answer. */
  boolean dependsOnCaller(Selected selected) {
    return !access.open() || selected.plan().dependsOnCaller();
  }

  /** The value of the {@code Vary} header; null for none. */
  @Nullable CharSequence vary(boolean dependsOnCaller) {
    return dependsOnCaller ? varyByCaller : vary;
  }

  /** Every query parameter that a request with this selection may give. */
  Set<String> queryNames(Selected selected) {
    Set<String> names = new TreeSet<>(compiled.input().queryNames());
    names.add(InputBindingCompiler.FIELDS);
    for (ArgumentSlot slot : selected.arguments()) {
      names.add(slot.parameter());
    }
    return names;
  }
}
