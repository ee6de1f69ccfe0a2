package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.graphql.internal.schema.GivenDirective;
import dev.gatehouse.graphql.internal.schema.GivenEntity;
import dev.gatehouse.graphql.internal.schema.GivenSubgraph;
import dev.gatehouse.graphql.internal.schema.RootKind;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a GraphQL door a subgraph of a federated graph (Apollo Federation 2): which objects it finds by which keys, and what
 * gateways have to know of its types. Immutable: each verb answers a new one.
 *
 * <pre>{@code
 * graphql()
 *     .query("product", PRODUCT_BY_ID).allow(anyone())
 *     .federated(subgraph(anyone())
 *         .entity(PRODUCT_BY_ID, anyone())
 *         .entity(PRODUCT_BY_SKU, anyone())
 *         .shareable(Dimensions.class))
 * }</pre>
 *
 * <p>All representations of one type and key are answered by one run of its composite over all of them, so that a batch is one call.
 * Fields are named as the schema names them.
 */
public final class Subgraph {
  private final Access access;
  private final List<Entity> entities;
  private final List<GivenDirective> directives;

  /** An entity as written. */
  record Entity(GivenEntity given, Access access, Place place) {

    /** What stands for it where root fields are listed. */
    FieldSpec field() {
      return new FieldSpec(
              RootKind.QUERY, "_entities: " + given.byKey().name(), given.byKey(), null, place)
          .withAccess(access);
    }
  }

  private Subgraph(Access access, List<Entity> entities, List<GivenDirective> directives) {
    this.access = access;
    this.entities = List.copyOf(entities);
    this.directives = List.copyOf(directives);
  }

  /**
   * A subgraph without entities yet.
   *
   * @param access who may read the schema through {@code _service}
   */
  public static Subgraph subgraph(Access access) {
    return new Subgraph(Objects.requireNonNull(access, "access"), List.of(), List.of());
  }

  /**
   * Finds objects by a key: what the composite takes. A record is a key of several fields, in the order of its components; anything
   * else is the field {@code id}.
   *
   * @param byKey answers a record, and null or nothing for an object that does not exist; what it calls has a batch form
   * @param access who may
   */
  public Subgraph entity(Composite<?, ?> byKey, Access access) {
    return add(byKey, null, access);
  }

  /**
   * Finds objects by a key of some fields of what the composite takes; what else it takes is there where a gateway was told that it
   * is required.
   *
   * @param key such as {@code email}, or {@code sku variation { id }}
   */
  public Subgraph entityBy(String key, Composite<?, ?> byKey, Access access) {
    return add(byKey, Objects.requireNonNull(key, "key"), access);
  }

  private Subgraph add(Composite<?, ?> byKey, @Nullable String key, Access rule) {
    Objects.requireNonNull(byKey, "byKey");
    Objects.requireNonNull(rule, "access");
    List<Entity> more = new ArrayList<>(entities);
    Place place = Place.outside("dev.gatehouse.dsl", Subgraph.class.getPackageName());
    more.add(new Entity(new GivenEntity(byKey, key), rule, place));
    return new Subgraph(access, more, directives);
  }

  /** Other subgraphs may answer all fields of this type too. */
  public Subgraph shareable(Type type) {
    return say(type, null, "shareable", null, "");
  }

  /** Other subgraphs may answer this field too. */
  public Subgraph shareable(Type type, String field) {
    return say(type, field, "shareable", null, "");
  }

  /** Another subgraph answers this field; here it is only given, or provided. */
  public Subgraph external(Type type, String field) {
    return say(type, field, "external", null, "");
  }

  /**
   * This field needs fields that other subgraphs answer: the composite that finds the object takes them beside its key.
   *
   * @param fields such as {@code price weight { grams }}
   */
  public Subgraph requires(Type type, String field, String fields) {
    return say(type, field, "requires", "fields", fields);
  }

  /**
   * Below this field, fields are answered that otherwise another subgraph answers.
   *
   * @param fields of what the field answers
   */
  public Subgraph provides(Type type, String field, String fields) {
    return say(type, field, "provides", "fields", fields);
  }

  /**
   * This subgraph answers a field in place of another.
   *
   * @param from the other's name in the graph
   */
  public Subgraph override(Type type, String field, String from) {
    return say(type, field, "override", "from", from);
  }

  /** Hides a type from the users of the graph. */
  public Subgraph inaccessible(Type type) {
    return say(type, null, "inaccessible", null, "");
  }

  /** Hides a field from the users of the graph. */
  public Subgraph inaccessible(Type type, String field) {
    return say(type, field, "inaccessible", null, "");
  }

  /** Tags a type, for contracts of the graph. */
  public Subgraph tag(String name, Type type) {
    return say(type, null, "tag", "name", name);
  }

  /** Tags a field, for contracts of the graph. */
  public Subgraph tag(String name, Type type, String field) {
    return say(type, field, "tag", "name", name);
  }

  /** This object stands for an interface of another subgraph, and adds fields to all its types. */
  public Subgraph interfaceObject(Type type) {
    return say(type, null, "interfaceObject", null, "");
  }

  private Subgraph say(
      Type type, @Nullable String field, String name, @Nullable String argument, String value) {
    Objects.requireNonNull(value, name);
    List<GivenDirective> more = new ArrayList<>(directives);
    more.add(
        new GivenDirective(Objects.requireNonNull(type, "type"), field, name, argument, value));
    return new Subgraph(access, entities, more);
  }

  Access access() {
    return access;
  }

  List<Entity> entities() {
    return entities;
  }

  GivenSubgraph given() {
    return new GivenSubgraph(entities.stream().map(Entity::given).toList(), directives);
  }
}
