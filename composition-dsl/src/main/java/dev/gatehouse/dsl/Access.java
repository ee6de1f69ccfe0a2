package dev.gatehouse.dsl;

import java.util.Objects;
import java.util.function.Predicate;

/** Who may use an opening. Immutable. */
public final class Access {
  private static final Access ANYONE = new Access("anyone", request -> true);

  private final String name;
  private final Predicate<AccessRequest> rule;

  private Access(String name, Predicate<AccessRequest> rule) {
    this.name = name;
    this.rule = rule;
  }

  /** Everybody, known or not. */
  public static Access anyone() {
    return ANYONE;
  }

  /**
   * Those for whom {@code rule} holds.
   *
   * @param name what the operator's listings call it
   * @param rule quick and without blocking: it runs on the event loop. An exception refuses
   */
  public static Access allowedIf(String name, Predicate<AccessRequest> rule) {
    return new Access(Objects.requireNonNull(name, "name"), Objects.requireNonNull(rule, "rule"));
  }

  /** What listings call it. */
  public String name() {
    return name;
  }

  /** Whether there is nothing to ask: everybody may. */
  public boolean open() {
    return this == ANYONE;
  }

  /** Whether this request may enter. */
  public boolean allows(AccessRequest request) {
    return rule.test(request);
  }

  @Override
  public String toString() {
    return name;
  }
}
