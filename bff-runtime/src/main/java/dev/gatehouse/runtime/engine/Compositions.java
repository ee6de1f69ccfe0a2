package dev.gatehouse.runtime.engine;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.runtime.plan.Plan;
import dev.gatehouse.runtime.plan.Planner;
import dev.gatehouse.runtime.plan.Selection;
import dev.gatehouse.runtime.upstream.Upstream;
import dev.gatehouse.runtime.upstream.Upstreams;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Plans composites and runs the plans, for one BFF instance. Confined to its event loop. */
public final class Compositions {
  private final Vertx vertx;
  private final Upstreams upstreams;
  private final CallObserver observer;
  private final Map<PlanKey, Plan> plans;
  private final Map<Plan, Program> programs;
  private final Map<String, Upstream> services = new HashMap<>();

  /** A graph is known by its identity, for comparing two would mean to walk them. */
  private record PlanKey(Graph graph, @Nullable Selection selection) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
      return other instanceof PlanKey key
          && key.graph == graph
          && Objects.equals(key.selection, selection);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(graph) * 31 + Objects.hashCode(selection);
    }
  }

  /**
   * @param maxPlans how many plans are kept; the one used longest ago goes first (expected: at least 1)
   * @param observer is told of every call
   */
  public Compositions(Vertx vertx, Upstreams upstreams, int maxPlans, CallObserver observer) {
    if (maxPlans < 1) {
      throw new IllegalArgumentException("maxPlans: " + maxPlans + " (expected: at least 1)");
    }
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.observer = observer;
    this.plans = recentlyUsed(maxPlans);
    this.programs = recentlyUsed(maxPlans);
  }

  private static <K, V> Map<K, V> recentlyUsed(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }

  /**
   * The plan of a composite for a selection, made when first asked for.
   *
   * @param selection of its result; null for all of it
   * @throws dev.gatehouse.runtime.plan.SelectionException where the selection does not fit the result
   * @throws dev.gatehouse.dsl.finding.DefinitionException where the composite is not sound
   */
  public Plan plan(Composite<?, ?> composite, @Nullable Selection selection) {
    Graph graph = composite.graph();
    PlanKey key = new PlanKey(graph, selection);
    Plan plan = plans.get(key);
    if (plan == null) {
      plan = Planner.plan(graph, selection);
      plans.put(key, plan);
    }
    return plan;
  }

  /**
   * Runs a plan.
   *
   * @param done called once, on this event loop, when everything has ended; perhaps before this returns
   * @return the run, to cancel it
   */
  public Execution run(Plan plan, Inputs inputs, Handler<Answer> done) {
    return run(plan, inputs, null, done);
  }

  /**
   * Runs a plan and gives its answer part by part.
   *
   * @param pieces called on this event loop, with the parts that are ready at the same time: the first part, and what follows of it.
   *     Where a command fails or the run is given up before there is a first part, it is never called. Null where the answer is
   *     wanted as a whole, of a plan without deferred parts
   * @param done called once, on this event loop, when everything has ended, after the last part; its JSON is that of the first
   * @return the run, to cancel it
   */
  public Execution run(
      Plan plan, Inputs inputs, @Nullable Handler<List<Piece>> pieces, Handler<Answer> done) {
    Run run = prepare(plan, new Outbox(), inputs, pieces, done);
    run.start();
    return run;
  }

  /** Several runs for one request, which share calls. */
  public RunGroup group() {
    return new RunGroup(this);
  }

  Run prepare(
      Plan plan,
      Outbox outbox,
      Inputs inputs,
      @Nullable Handler<List<Piece>> pieces,
      Handler<Answer> done) {
    return new Run(
        programs.computeIfAbsent(plan, Program::new), this, outbox, inputs, pieces, done);
  }

  Vertx vertx() {
    return vertx;
  }

  CallObserver observer() {
    return observer;
  }

  Upstream upstream(String service) {
    Upstream upstream = services.get(service);
    if (upstream == null) {
      upstream = upstreams.service(service);
      services.put(service, upstream);
    }
    return upstream;
  }
}
