package dev.gatehouse.runtime.engine;

import java.util.Locale;

/**
 * What became of what a command changes. Whoever asked may repeat it after {@link #NONE} and {@link #UNDONE}; after all others a
 * repetition could change something twice, unless its services know it by its idempotency key.
 */
public enum Changes {
  /** Nothing was changed. */
  NONE,
  /** All of it stands; or, where the command failed, a part that nothing takes back. */
  DONE,
  /** All that was changed has been taken back. */
  UNDONE,
  /** Something could not be taken back. */
  UNDOING_FAILED,
  /** A service was asked for a change and gave no answer that says whether it was made. */
  UNKNOWN;

  private final String label = name().toLowerCase(Locale.ROOT);

  /** The name in lower snake case: stable, for answers and logs. */
  public String label() {
    return label;
  }
}
