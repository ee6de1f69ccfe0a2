package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.finding.Code;
import dev.gatehouse.dsl.finding.DefinitionException;
import dev.gatehouse.dsl.finding.Finding;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.graphql.FieldSpec.Subscribing;
import dev.gatehouse.graphql.internal.schema.GivenName;
import dev.gatehouse.graphql.internal.schema.RootKind;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The only door there is: its root fields as written, in order. */
final class GraphqlFields implements GraphqlSubscription {
  private final List<FieldSpec> fields;
  private final DoorSpec door;

  private GraphqlFields(List<FieldSpec> fields, DoorSpec door) {
    this.fields = List.copyOf(fields);
    this.door = door;
  }

  /** A door without fields, written where this is called from. */
  static GraphqlFields none() {
    return new GraphqlFields(List.of(), new DoorSpec(here()));
  }

  private static Place here() {
    return Place.outside("dev.gatehouse.dsl", GraphqlFields.class.getPackageName());
  }

  DoorCompiler compile() {
    return new DoorCompiler(fields, door);
  }

  /** All that is opened: root fields, then entities. */
  List<FieldSpec> opened() {
    return Stream.concat(fields.stream(), door.entities().stream()).toList();
  }

  DoorSpec door() {
    return door;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public List<Opening> openings() {
    return opened().stream().map(FieldSpec::opening).toList();
  }

  @Override
  public List<Finding> findings() {
    return compile().findings();
  }

  @Override
  public String sdl() {
    DoorCompiler compiler = compile();
    List<Finding> findings = new ArrayList<>();
    opened().forEach(field -> findings.addAll(field.composite().findings()));
    compiler.findings().stream()
        .filter(finding -> finding.code() != Code.GRAPHQL_CONTRACT)
        .forEach(findings::add);
    if (!findings.isEmpty()) {
      throw new DefinitionException("GraphQL door", findings.stream().distinct().toList());
    }
    return compiler.api().text();
  }

  @Override
  public GraphqlField query(String name, Composite<?, ?> composite) {
    return add(RootKind.QUERY, name, composite, null);
  }

  @Override
  public GraphqlField mutation(String name, Composite<?, ?> composite) {
    return add(RootKind.MUTATION, name, composite, null);
  }

  @Override
  public <E> GraphqlSubscription subscription(
      String name, EventSource<?, E> source, Composite<E, ?> composite) {
    Objects.requireNonNull(source, "source");
    return add(RootKind.SUBSCRIPTION, name, composite, new Subscribing(source, null));
  }

  @Override
  public GraphqlSubscription whenSlow(WhenSlow policy) {
    Objects.requireNonNull(policy, "policy");
    return changeLast(field -> field.withSubscribing(new Subscribing(
        Objects.requireNonNull(field.subscribing(), "only a subscription has this verb")
            .source(),
        policy)));
  }

  @Override
  public GraphqlDoor at(String newPath) {
    return with(door.withPath(Objects.requireNonNull(newPath, "path")));
  }

  @Override
  public GraphqlDoor contract(String location) {
    return with(door.withContract(Objects.requireNonNull(location, "location")));
  }

  @Override
  public GraphqlDoor trusted(String location) {
    return with(door.withManifest(Objects.requireNonNull(location, "location")));
  }

  @Override
  public GraphqlDoor named(Type type, String name) {
    return named(type, false, name);
  }

  @Override
  public GraphqlDoor inputNamed(Type type, String name) {
    return named(type, true, name);
  }

  private GraphqlDoor named(Type type, boolean input, String name) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(name, "name");
    return with(door.withName(new GivenName(type, input, name), here()));
  }

  @Override
  public GraphqlDoor federated(Subgraph subgraph) {
    return with(door.withSubgraph(Objects.requireNonNull(subgraph, "subgraph")));
  }

  private GraphqlFields with(DoorSpec changed) {
    return new GraphqlFields(fields, changed);
  }

  @Override
  public GraphqlSubscription allow(Access access) {
    Objects.requireNonNull(access, "access");
    return changeLast(field -> field.withAccess(access));
  }

  @Override
  public GraphqlField input(String argument) {
    Objects.requireNonNull(argument, "argument");
    return changeLast(field -> field.withInput(argument));
  }

  @Override
  public GraphqlField argument(String name) {
    Objects.requireNonNull(name, "name");
    return changeLast(field -> field.withArgument(name));
  }

  @Override
  public GraphqlField byDefault(String argument, Object value) {
    Objects.requireNonNull(argument, "argument");
    Objects.requireNonNull(value, "value");
    return changeLast(field -> field.withDefault(argument, value));
  }

  @Override
  public GraphqlField describedAs(String text) {
    Objects.requireNonNull(text, "text");
    return changeLast(field -> field.withDescription(text));
  }

  @Override
  public GraphqlField deprecated(String reason) {
    Objects.requireNonNull(reason, "reason");
    return changeLast(field -> field.withDeprecation(reason));
  }

  private GraphqlFields add(
      RootKind kind, String name, Composite<?, ?> composite, @Nullable Subscribing subscribing) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(composite, "composite");
    List<FieldSpec> more = new ArrayList<>(fields);
    more.add(new FieldSpec(kind, name, composite, subscribing, here()));
    return new GraphqlFields(more, door);
  }

  private GraphqlFields changeLast(UnaryOperator<FieldSpec> change) {
    List<FieldSpec> changed = new ArrayList<>(fields);
    changed.set(changed.size() - 1, change.apply(changed.get(changed.size() - 1)));
    return new GraphqlFields(changed, door);
  }

  @Override
  public String toString() {
    return "GraphQL door of " + fields.size() + " fields";
  }
}
