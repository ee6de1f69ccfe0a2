package dev.gatehouse.dsl;

import dev.gatehouse.dsl.NodeTable.Reach;
import dev.gatehouse.dsl.NodeTable.Recipe;
import dev.gatehouse.dsl.contract.DataType;
import dev.gatehouse.dsl.contract.DataType.UnionType;
import dev.gatehouse.dsl.finding.ShapeFinding.CaseForeign;
import dev.gatehouse.dsl.finding.ShapeFinding.CaseMissing;
import dev.gatehouse.dsl.finding.ShapeFinding.CaseTwice;
import dev.gatehouse.dsl.graph.Node;
import dev.gatehouse.dsl.graph.Node.Branch;
import dev.gatehouse.dsl.graph.Node.OneOfNode;
import dev.gatehouse.dsl.graph.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Unions made from unions. */
final class Unions {

  private Unions() {}

  static Node oneOf(
      Definition current, Class<?> result, Value<?> union, List<? extends Case<?, ?>> cases) {
    Node of = current.operand(union, "the union of oneOf");
    DataType to = current.contract(result, current.composite() + ": the result of oneOf");
    if (TypeFit.isBroken(of.type()) || TypeFit.isBroken(to)) {
      return current.broken();
    }
    if (!(of.type() instanceof UnionType from)) {
      return foreign(current, of.type().name(), "a union", List.of());
    }
    if (!(to instanceof UnionType target)) {
      return foreign(current, to.name(), "a union", List.of());
    }
    List<Branch> branches = new ArrayList<>();
    List<Class<?>> dealtWith = new ArrayList<>();
    for (Case<?, ?> one : cases) {
      branch(current, of, from, target, one, dealtWith).ifPresent(branches::add);
    }
    List<String> missing = from.cases().stream()
        .filter(one -> !dealtWith.contains(one.type().recordClass()))
        .map(one -> one.type().name())
        .toList();
    if (!missing.isEmpty()) {
      current.report(new CaseMissing(Places.here(), current.composite(), from.name(), missing));
    }
    return current.node(
        new Recipe(target, List.of(), Reach.FIXED, List.of("oneOf", of, target, branches)),
        head -> new OneOfNode(head, of, branches));
  }

  private static <A> Optional<Branch> branch(
      Definition current,
      Node of,
      UnionType from,
      UnionType target,
      Case<A, ?> one,
      List<Class<?>> dealtWith) {
    Optional<DataType.Case> source = caseOf(from, one.type());
    if (source.isEmpty()) {
      foreign(current, one.type().getSimpleName(), from.name(), names(from));
      return Optional.empty();
    }
    if (dealtWith.contains(one.type())) {
      current.report(new CaseTwice(
          Places.here(), current.composite(), one.type().getSimpleName(), from.name()));
      return Optional.empty();
    }
    dealtWith.add(one.type());
    Scope rows = current.child(Scope.Kind.CASE, of, 1, source.get().tag());
    Node body = current.inside(
        rows,
        "what becomes of " + one.type().getSimpleName(),
        () -> one.body()
            .apply(
                Value.of(current, Branches.element(current, rows, source.get().type()))));
    if (TypeFit.isBroken(body.type())) {
      return Optional.empty();
    }
    return target.cases().stream()
        .filter(to -> to.type().equals(body.type()))
        .findFirst()
        .map(to -> new Branch(rows, body, to.tag()))
        .or(() -> {
          foreign(current, body.type().name(), target.name(), names(target));
          return Optional.empty();
        });
  }

  private static Optional<DataType.Case> caseOf(UnionType union, Class<?> type) {
    return union.cases().stream()
        .filter(one -> one.type().recordClass() == type)
        .findFirst();
  }

  private static List<String> names(UnionType union) {
    return union.cases().stream().map(one -> one.type().name()).toList();
  }

  private static Node foreign(Definition current, String type, String union, List<String> cases) {
    current.report(new CaseForeign(Places.here(), current.composite(), type, union, cases));
    return current.broken();
  }
}
