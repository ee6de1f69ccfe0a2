package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.Door;
import dev.gatehouse.dsl.EventSource;
import java.lang.reflect.Type;

/**
 * A GraphQL API over composites. Immutable: each verb answers a new door.
 *
 * <pre>{@code
 * graphql()
 *     .query("productPage", PRODUCT_PAGE).allow(anyone())
 *     .query("products", SEARCH).allow(anyone()).byDefault("size", 20)
 *     .mutation("addToCart", ADD_LINE).allow(allowedIf("cart owner", r -> …)).input("line")
 * }</pre>
 *
 * <p>Types come from the contract records, and their nullness from {@code @Nullable}. The components of a record input are the
 * arguments of the root field; any other input is one argument. Every root field may be null, so that one that fails does not take
 * the others with it.
 */
public sealed interface GraphqlDoor extends Door permits GraphqlField {

  /** The kind of these doors. */
  String KIND = "graphql";

  /** A door without fields yet, at {@code /graphql}. */
  static GraphqlDoor graphql() {
    return GraphqlFields.none();
  }

  /** Reads. The composite must be no command. */
  GraphqlField query(String name, Composite<?, ?> composite);

  /** Changes something. The composite must be a command. */
  GraphqlField mutation(String name, Composite<?, ?> composite);

  /**
   * Tells of events: each runs the composite for what the operation selects. The source's input becomes the field's arguments.
   *
   * @param composite takes an event, and must be no command
   */
  <E> GraphqlSubscription subscription(
      String name, EventSource<?, E> source, Composite<E, ?> composite);

  /**
   * Serves it elsewhere.
   *
   * @param path begins with a slash and has no variables
   */
  GraphqlDoor at(String path);

  /**
   * Pins the schema: a difference to what is written there is a finding, with every breaking and every safe change.
   *
   * @param location a resource on the class path, else a file, in the schema definition language
   */
  GraphqlDoor contract(String location);

  /**
   * Names the manifest of the documents that clients may ask for by their ids, in Apollo's form or as an object from ids to
   * documents. They are checked and compiled before the door opens; {@code graphql.documents.trusted} says whether others are taken.
   *
   * @param location a resource on the class path, else a file
   */
  GraphqlDoor trusted(String location);

  /**
   * Calls a type otherwise than its Java type is called: an object, interface, union, enumeration or scalar. As an input object it
   * is called the same with {@code Input} at the end.
   *
   * @param type a class, or a generic type such as {@code new TypeRef<Page<Card>>() {}.type()}
   * @param name unlike those of all other types
   */
  GraphqlDoor named(Type type, String name);

  /**
   * Calls an input object otherwise.
   *
   * @param type of the record or sealed interface that a field takes; else as for {@link #named}
   * @param name unlike those of all other types
   */
  GraphqlDoor inputNamed(Type type, String name);

  /** Makes it a subgraph of a federated graph. */
  GraphqlDoor federated(Subgraph subgraph);

  /**
   * The schema in the schema definition language: types by name, fields as the contracts have them. Equal doors have equal text.
   *
   * @throws dev.gatehouse.dsl.finding.DefinitionException where something is wrong with the door; a difference to its
   *     {@link #contract} does not count
   */
  String sdl();
}
