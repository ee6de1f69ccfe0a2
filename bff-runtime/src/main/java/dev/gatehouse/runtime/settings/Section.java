package dev.gatehouse.runtime.settings;

/** A part of the tree in which keys have one meaning. */
enum Section {
  PROCESS("", false),
  MANAGEMENT("management", false),
  MESH("mesh", false),
  DISCOVERY("discovery", false),
  CACHE("cache", false),
  /** Once per BFF, by its name. */
  BFF("bffs", true),
  /** Once per service, by its logical name. */
  SERVICE("services", true);

  private final String label;
  private final boolean named;

  Section(String label, boolean named) {
    this.label = label;
    this.named = named;
  }

  /** Its key at the top of the tree; empty for the top itself. */
  String label() {
    return label;
  }

  /** Whether names stand between its label and its keys. */
  boolean isNamed() {
    return named;
  }

  /**
   * The full key.
   *
   * @param name empty where the section has no names
   */
  String key(String name, String leaf) {
    if (label.isEmpty()) {
      return leaf;
    }
    return named ? label + "." + name + "." + leaf : label + "." + leaf;
  }
}
