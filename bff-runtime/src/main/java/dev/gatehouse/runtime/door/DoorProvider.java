package dev.gatehouse.runtime.door;

import dev.gatehouse.dsl.Door;
import dev.gatehouse.runtime.config.BffSettings;
import java.util.List;
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

  /**
   * What keeps a door from opening with these settings, beside its findings.
   *
   * @param door sound, and of this provider's kind
   * @return one message for each mistake, with its place
   */
  default List<String> problems(Door door, BffSettings settings) {
    return List.of();
  }

  /**
   * Checks operations that clients wrote down against a door.
   *
   * @param door sound, and of this provider's kind
   * @param location of the file that has them
   * @return null where doors of this kind know no such thing
   */
  default @Nullable DocumentReport checkDocuments(
      Door door, BffSettings settings, String location) {
    return null;
  }
}
