package dev.gatehouse.runtime;

import dev.gatehouse.dsl.Bff;
import dev.gatehouse.runtime.door.CallerResolver;
import dev.gatehouse.runtime.management.Management;
import dev.gatehouse.runtime.mesh.cache.AnswerStore;
import dev.gatehouse.runtime.policy.PolicyStore;
import dev.gatehouse.runtime.settings.GatehouseSettings;
import dev.gatehouse.runtime.telemetry.Metrics;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.core.Deployable;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A BFF as a verticle: each instance opens the BFF's doors on one event loop, with clients and plans of its own, and all instances
 * share the listener. Immutable.
 *
 * <pre>{@code
 * vertx.deployVerticle(BffVerticle.of(BFF), new DeploymentOptions().setInstances(2).setConfig(config));
 * }</pre>
 *
 * <p>The configuration is the deployment's, with the structure of {@code gatehouse.yaml}, unless {@link #withSettings} gives it.
 * Deploying fails with a {@link StartupException} that lists everything that is wrong. Undeploying drains: new requests are
 * refused, and those under way may finish.
 */
public final class BffVerticle implements Supplier<Deployable> {
  private final Bff bff;
  private final @Nullable GatehouseSettings settings;
  private final Metrics metrics;
  private final @Nullable Management management;
  private final CallerResolver callers;
  private final @Nullable PolicyStore policies;
  private final OpenTelemetry openTelemetry;
  private final AnswerStore answers = new AnswerStore();

  private BffVerticle(
      Bff bff,
      @Nullable GatehouseSettings settings,
      Metrics metrics,
      @Nullable Management management,
      CallerResolver callers,
      @Nullable PolicyStore policies,
      OpenTelemetry openTelemetry) {
    this.bff = bff;
    this.settings = settings;
    this.metrics = metrics;
    this.management = management;
    this.callers = callers;
    this.policies = policies;
    this.openTelemetry = openTelemetry;
  }

  /** With the deployment's configuration, meters in Micrometer's global registry, and callers who are all anonymous. */
  public static BffVerticle of(Bff bff) {
    return new BffVerticle(
        Objects.requireNonNull(bff, "bff"),
        null,
        Metrics.in(io.micrometer.core.instrument.Metrics.globalRegistry),
        null,
        new AnonymousCallers(),
        null,
        GlobalOpenTelemetry.get());
  }

  /** With settings that replace the deployment's configuration. */
  public BffVerticle withSettings(GatehouseSettings settings) {
    return new BffVerticle(
        bff,
        Objects.requireNonNull(settings, "settings"),
        metrics,
        management,
        callers,
        policies,
        openTelemetry);
  }

  /** With meters in another place. */
  public BffVerticle withMetrics(Metrics metrics) {
    return new BffVerticle(
        bff,
        settings,
        Objects.requireNonNull(metrics, "metrics"),
        management,
        callers,
        policies,
        openTelemetry);
  }

  /** With an operator's listener that tells of it. */
  public BffVerticle withManagement(Management management) {
    return new BffVerticle(
        bff,
        settings,
        metrics,
        Objects.requireNonNull(management, "management"),
        callers,
        policies,
        openTelemetry);
  }

  /** With another way to find out who asks. */
  public BffVerticle withCallers(CallerResolver callers) {
    return new BffVerticle(
        bff,
        settings,
        metrics,
        management,
        Objects.requireNonNull(callers, "callers"),
        policies,
        openTelemetry);
  }

  /**
   * With policies that others may change while it runs, shared by all its instances. Services that were never set there begin with
   * what the settings say.
   */
  public BffVerticle withPolicies(PolicyStore policies) {
    return new BffVerticle(
        bff,
        settings,
        metrics,
        management,
        callers,
        Objects.requireNonNull(policies, "policies"),
        openTelemetry);
  }

  /** With spans in another place than OpenTelemetry's global one. */
  public BffVerticle withOpenTelemetry(OpenTelemetry openTelemetry) {
    return new BffVerticle(
        bff,
        settings,
        metrics,
        management,
        callers,
        policies,
        Objects.requireNonNull(openTelemetry, "openTelemetry"));
  }

  /** Makes one instance; called by Vert.x. */
  @Override
  public Deployable get() {
    return new BffInstance(
        bff, settings, metrics, management, callers, policies, openTelemetry, answers);
  }
}
