package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Door;
import org.jspecify.annotations.Nullable;

/** Opens doors of one kind. Found by {@link java.util.ServiceLoader}; stateless. */
public interface DoorProvider {

  /** Whether {@code door} is of this provider's kind. */
  boolean opens(Door door);

  /**
   * Opens a door for one BFF instance, on its event loop.
   *
   * @throws dev.gatehouse.runtime.config.ConfigurationException where the configuration does not suit it
   */
  DoorHandler open(Door door, DoorContext context);

  /**
   * The contract between a door and its clients as text, such as a GraphQL schema, for files under version control.
   *
   * @param door sound, and of this provider's kind
   * @return null where doors of this kind have none
   */
  default @Nullable String contract(Door door) {
    return null;
  }
}
