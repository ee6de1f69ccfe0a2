package dev.gatehouse.runtime.plan;

import dev.gatehouse.dsl.graph.Graph;
import dev.gatehouse.dsl.graph.Node.CallNode;
import org.jspecify.annotations.Nullable;

/** Makes plans. Stateless. */
public final class Planner {

  private Planner() {}

  /**
   * Plans a composite for a selection.
   *
   * @param selection of its result; null for all of it
   * @throws SelectionException where the selection does not fit the composite's result
   */
  public static Plan plan(Graph graph, @Nullable Selection selection) {
    if (selection != null) {
      SelectionCheck.check(graph, selection);
    }
    GraphFacts facts = new GraphFacts(graph);
    PlanBuilder builder = new PlanBuilder(graph.name());
    Resolver resolver = new Resolver(graph, facts, builder);
    OutCompiler compiler = new OutCompiler(facts, builder, resolver);
    resolver.outs(compiler);
    // What changes something is done whether or not its answer is selected.
    for (CallNode call : facts.changes()) {
      resolver.resolve(call, Env.EMPTY);
    }
    Out out = compiler.out(resolver.resolve(graph.result(), Env.EMPTY), builder.root(), selection);
    resolver.calls().keepOrderOfCommands();
    return new Plan(graph, selection, builder, out);
  }
}
