package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Access;
import dev.gatehouse.dsl.Composite;
import dev.gatehouse.dsl.EventSource;
import dev.gatehouse.dsl.Opening;
import dev.gatehouse.dsl.graph.Place;
import dev.gatehouse.graphql.internal.schema.RootKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A root field as written. Immutable.
 *
 * @param subscribing where the events come from; null for all but subscriptions
 * @param access null where none was said
 * @param rules how often a rule was said
 * @param input the argument that takes the whole record; null where none was said
 * @param argument the only argument's name; null where none was said
 * @param defaults value by argument
 * @param description null where none was said
 * @param deprecation null where it is not deprecated
 */
record FieldSpec(
    RootKind kind,
    String name,
    Composite<?, ?> composite,
    @Nullable Subscribing subscribing,
    @Nullable Access access,
    int rules,
    @Nullable String input,
    @Nullable String argument,
    Map<String, Object> defaults,
    @Nullable String description,
    @Nullable String deprecation,
    Place place) {

  /** What only subscriptions have; {@code whenSlow} is null where nothing was said. */
  record Subscribing(EventSource<?, ?> source, @Nullable WhenSlow whenSlow) {}

  FieldSpec(
      RootKind kind,
      String name,
      Composite<?, ?> composite,
      @Nullable Subscribing subscribing,
      Place place) {
    this(kind, name, composite, subscribing, null, 0, null, null, Map.of(), null, null, place);
  }

  String label() {
    return kind.label() + " " + name;
  }

  Opening opening() {
    return new Opening(
        label(), composite, access, subscribing == null ? null : subscribing.source(), place);
  }

  boolean mutation() {
    return kind == RootKind.MUTATION;
  }

  FieldSpec withSubscribing(Subscribing changed) {
    return new FieldSpec(
        kind,
        name,
        composite,
        changed,
        access,
        rules,
        input,
        argument,
        defaults,
        description,
        deprecation,
        place);
  }

  FieldSpec withAccess(Access rule) {
    return changed(rule, rules + 1, input, argument, defaults, description, deprecation);
  }

  FieldSpec withInput(String name) {
    return changed(access, rules, name, argument, defaults, description, deprecation);
  }

  FieldSpec withArgument(String name) {
    return changed(access, rules, input, name, defaults, description, deprecation);
  }

  FieldSpec withDefault(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(defaults);
    more.put(name, value);
    return changed(access, rules, input, argument, more, description, deprecation);
  }

  FieldSpec withDescription(String text) {
    return changed(access, rules, input, argument, defaults, text, deprecation);
  }

  FieldSpec withDeprecation(String reason) {
    return changed(access, rules, input, argument, defaults, description, reason);
  }

  private FieldSpec changed(
      @Nullable Access newAccess,
      int newRules,
      @Nullable String newInput,
      @Nullable String newArgument,
      Map<String, Object> newDefaults,
      @Nullable String newDescription,
      @Nullable String newDeprecation) {
    return new FieldSpec(
        kind,
        name,
        composite,
        subscribing,
        newAccess,
        newRules,
        newInput,
        newArgument,
        newDefaults,
        newDescription,
        newDeprecation,
        place);
  }
}
