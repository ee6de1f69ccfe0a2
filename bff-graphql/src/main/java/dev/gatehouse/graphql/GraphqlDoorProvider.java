package dev.gatehouse.graphql;

import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;
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
}
