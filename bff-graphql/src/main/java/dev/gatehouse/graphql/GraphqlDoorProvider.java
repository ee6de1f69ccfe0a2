package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Door;
import dev.gatehouse.graphql.internal.operation.Operations;
import dev.gatehouse.runtime.config.BffSettings;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.DocumentReport;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;
import dev.gatehouse.runtime.plan.Planner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens GraphQL doors. Found by {@link java.util.ServiceLoader}. */
public final class GraphqlDoorProvider implements DoorProvider {

  @Override
  public boolean opens(Door door) {
    return door instanceof GraphqlDoor;
  }

  @Override
  public DoorHandler open(Door door, DoorContext context) {
    if (!(door instanceof GraphqlFields fields)) {
      throw new ConfigurationException(
          "door of kind " + door.kind() + " (expected: one made with graphql())");
    }
    return new GraphqlDoorHandler(fields, context);
  }

  @Override
  public @Nullable String contract(Door door) {
    return door instanceof GraphqlDoor graphql ? graphql.sdl() : null;
  }

  @Override
  public List<String> problems(Door door, BffSettings settings) {
    return door instanceof GraphqlFields fields
        ? TrustedManifest.of(fields.door(), settings, operations(fields, settings))
            .problems()
        : List.of();
  }

  @Override
  public @Nullable DocumentReport checkDocuments(Door door, BffSettings settings, String location) {
    return door instanceof GraphqlFields fields
        ? TrustedManifest.at(location, operations(fields, settings)).report()
        : null;
  }

  private static Operations operations(GraphqlFields fields, BffSettings settings) {
    return OpenDoor.operations(
        fields.compile().api(),
        (composite, selection) -> Planner.plan(composite.graph(), selection),
        settings);
  }
}
