package dev.gatehouse.rest;

import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.ConfigurationException;
import dev.gatehouse.runtime.door.DoorContext;
import dev.gatehouse.runtime.door.DoorHandler;
import dev.gatehouse.runtime.door.DoorProvider;

/** Opens REST doors. Found by {@link java.util.ServiceLoader}. */
public final class RestDoorProvider implements DoorProvider {

  @Override
  public boolean opens(Door door) {
    return door instanceof RestDoor;
  }

  @Override
  public DoorHandler open(Door door, DoorContext context) {
    if (!(door instanceof RestRoutes routes)) {
      throw new ConfigurationException(
          "door of kind " + door.kind() + " (expected: one made with rest())");
    }
    return new RestDoorHandler(routes, context);
  }
}
